package io.scrubjay.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.BindingProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's Python and Ruby clients log in, and are refused.
class LoginScriptTest {
  private static final String USER = "jay";
  private static final String PASSWORD = "a nut";

  @TempDir Path folder;

  private String users() throws Exception {
    Path file = folder.resolve("users");
    return Files.writeString(file, "other:word\n" + USER + ":" + PASSWORD + "\n").toString();
  }

  private static Map<String, String> run(String library, String script, Scrubjay server)
      throws Exception {
    String port = Integer.toString(server.address().getPort());
    String interpreter = script.endsWith(".rb") ? ScriptRun.RUBY : ScriptRun.PYTHON;
    return ScriptRun.outcomes(library, interpreter, script, port, USER, PASSWORD);
  }

  private Scrubjay withSasl() throws Exception {
    return Scrubjay.start(
        ServerOptions.builder()
            .port(0)
            .protocol(BindingProtocol.BINARY)
            .sasl(true)
            .saslPasswordFile(users())
            .build());
  }

  @Test
  void pylibmcBySasl() throws Exception {
    try (Scrubjay server = withSasl()) {
      Map<String, String> outcomes = run("pylibmc", "pylibmc_login.py", server);
      assertEquals("v", outcomes.get("known"));
      assertEquals("refused by Error", outcomes.get("wrong"));
      assertNotEquals("True", outcomes.get("nobody"));
      assertEquals("v", outcomes.get("still"));
    }
  }

  @Test
  void dalliBySasl() throws Exception {
    try (Scrubjay server = withSasl()) {
      assertEquals(
          Map.of(
              "known", "v",
              "wrong", "refused by Dalli::DalliError",
              "nobody", "refused by Dalli::DalliError",
              "still", "v"),
          run("Dalli", "dalli_login.rb", server));
    }
  }

  @Test
  void pymemcacheByTheUsersFile() throws Exception {
    var options = ServerOptions.builder().port(0).authFile(users());
    try (Scrubjay server = Scrubjay.start(options.build())) {
      assertEquals(
          Map.of(
              "known", "True",
              "set", "True",
              "get", "v",
              "wrong", "refused: authentication failure",
              "nobody", "refused: unauthenticated",
              "still", "v"),
          run("pymemcache", "pymemcache_login.py", server));
    }
  }
}
