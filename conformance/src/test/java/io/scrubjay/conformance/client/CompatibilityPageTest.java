package io.scrubjay.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import io.scrubjay.conformance.tool.ClientScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Writes docs/reference/compatibility.md, or holds it to what the clients do now. Skipped, or
/// failing where tools are required, when one of the clients is not installed.
class CompatibilityPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "compatibility.md");

  @Test
  void thePageSaysWhatTheClientsDo() throws Exception {
    String found;
    try (Target target = ScrubjayTarget.KIND.start(List.of("-t", "2"))) {
      found = page(target).text();
    }
    if ("1".equals(System.getenv("SCRUBJAY_WRITE_PAGES"))) {
      Files.writeString(PAGE, found);
    }
    assertEquals(found, Files.readString(PAGE));
  }

  private static CompatibilityPage page(Target target) throws Exception {
    var page = new CompatibilityPage();
    // these first: one that is not installed ends the test
    Map<ClientScript, Map<String, String>> reports = new EnumMap<>(ClientScript.class);
    for (ClientScript script : ClientScript.values()) {
      reports.put(script, script.run(target.port()));
    }
    var work = new EverydayWork(ScrubjayTarget.KIND, target);
    for (Clients client : Clients.all()) {
      page.add(client.library(), client.protocol(), outcomes(work, client));
    }
    reports.forEach((script, outcomes) -> page.add(script.library(), script.protocol(), outcomes));
    return page;
  }

  /// [ClientContract] holds these clients to doing all that they don't lack, on both servers.
  private static Map<String, String> outcomes(EverydayWork work, Clients client) throws Exception {
    Map<String, String> outcomes = new HashMap<>();
    for (Operation operation : Operation.values()) {
      outcomes.put(
          operation.name().toLowerCase(Locale.ROOT), work.ask(client, operation) ? "ok" : "lacks");
    }
    return outcomes;
  }
}
