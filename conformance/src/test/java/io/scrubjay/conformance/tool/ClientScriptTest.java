package io.scrubjay.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each of Debian's clients against both servers in the same run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientScriptTest {
  private Target memcached;
  private Target scrubjay;

  @BeforeAll
  void start() throws IOException {
    memcached =
        MemcachedTarget.installed()
            .orElseThrow(() -> Tools.missing("no memcached on the PATH"))
            .start(List.of());
    scrubjay = ScrubjayTarget.KIND.start(List.of());
  }

  @AfterAll
  void close() throws IOException {
    if (memcached != null) {
      memcached.close();
    }
    if (scrubjay != null) {
      scrubjay.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWorksOnMemcachedWorksOnScrubjay(ClientScript script) throws Exception {
    Map<String, String> theirs = script.run(memcached.port());
    Map<String, String> ours = script.run(scrubjay.port());

    assertTrue(theirs.containsValue("ok"), theirs::toString);
    assertEquals(theirs.keySet(), ours.keySet());
    Map<String, String> lost = new TreeMap<>(ours);
    lost.keySet().removeIf(name -> !"ok".equals(theirs.get(name)) || "ok".equals(ours.get(name)));
    assertEquals(Map.of(), lost);
  }
}
