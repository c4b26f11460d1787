package io.scrubjay.conformance.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.tool.ToolRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the process when its certificate or key is not what it should be. The messages
/// are [TlsSetupTest]'s, the exit code is spec 6.3's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsStartTest {
  private Path folder;
  private Authority authority;

  @BeforeAll
  void make(@TempDir Path made) throws Exception {
    folder = made;
    authority =
        new Authority(folder)
            .certificate("server", Authority.CURVE)
            .certificate("other", Authority.CURVE)
            .certificate("expired", Authority.CURVE, "-days -1");
    Files.writeString(authority.file("bad.pem"), "garbage\n");
  }

  private String[] arguments(String chain, String key) {
    String files =
        "ssl_chain_cert=%s,ssl_key=%s".formatted(authority.file(chain), authority.file(key));
    return new String[] {"-p", "-1", "-t", "1", "-Z", "-o", files};
  }

  private void assertRefused(String line, String chain, String key) throws Exception {
    ToolRun run = ToolRun.of(TlsProcess.command(arguments(chain, key)));
    assertEquals(64, run.exit(), run::toString);
    assertEquals("", run.stdout());
    assertEquals(line, run.stderr().lines().toList().getLast());
  }

  @Test
  void aKeyThatDoesNotMatch() throws Exception {
    assertRefused(
        "Error loading the key: " + authority.file("other.key") + " : key values mismatch",
        "server.pem",
        "other.key");
  }

  @Test
  void aCertificateThatDoesNotParse() throws Exception {
    assertRefused(
        "Error loading the certificate chain: "
            + authority.file("bad.pem")
            + " : no certificate in it",
        "bad.pem",
        "server.key");
  }

  @Test
  void anExpiredCertificateIsServedWithAWarning() throws Exception {
    try (var server =
        new TlsProcess(folder.resolve("ports"), arguments("expired.pem", "expired.key"))) {
      String warning = "the certificate in " + authority.file("expired.pem") + " has expired";
      assertTrue(server.said().stream().anyMatch(it -> it.endsWith(warning)), server::toString);
      String words = "-quiet -no_check_time";
      ToolRun run = OpensslRun.of(authority, server.port(0), words, "version\r\nquit\r\n");
      assertEquals("VERSION 1.6.45\r\n", run.stdout(), run::toString);
    }
  }
}
