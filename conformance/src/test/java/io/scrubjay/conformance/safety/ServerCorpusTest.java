package io.scrubjay.conformance.safety;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What fuzzing a server found worth keeping, and what once broke it, in every build.
final class ServerCorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/fuzz/server.hex");

  @Test
  void everyInputLeavesTheServerServing() throws IOException {
    var inputs = Files.readAllLines(CORPUS);
    assertTrue(inputs.size() > 10, "only " + inputs.size());
    for (String hex : inputs) {
      try {
        ServerFuzz.fuzzerTestOneInput(HexFormat.of().parseHex(hex));
      } catch (AssertionError e) {
        throw new AssertionError(hex, e);
      }
    }
  }
}
