package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// The engine is found by its name among those on the path.
final class EngineChoiceTest {
  @Test
  void anUnknownNameIsRefusedWithThoseThatAreThere() {
    var options = ServerOptions.builder().port(0).engine("slabs").build();
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> Scrubjay.start(options)).getMessage();
    assertEquals(
        "engine = slabs: no engine of that name on the class or module path; found: model, slab",
        refusal);
  }
}
