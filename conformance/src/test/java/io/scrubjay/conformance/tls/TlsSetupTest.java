package io.scrubjay.conformance.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.TlsRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Keys in every form OpenSSL writes, lists of ciphers, and what is refused with which line.
/// Source: spec 6.3 and memcached 1.6.18's lines.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsSetupTest {
  private Authority authority;
  private Path bad;

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    authority =
        new Authority(folder)
            .certificate("rsa", "rsa:2048")
            .certificate("other", "rsa:2048")
            .certificate("ec", "ec -pkeyopt ec_paramgen_curve:secp384r1")
            .certificate("ed", "ed25519")
            .certificate("pss", "rsa-pss -pkeyopt rsa_keygen_bits:2048");
    authority.openssl("rsa -in rsa.key -traditional -out rsa.pkcs1");
    authority.openssl("rsa -in rsa.key -outform DER -traditional -out rsa.der");
    authority.openssl("ec -in ec.key -out ec.sec1");
    authority.openssl("ec -in ec.key -outform DER -out ec.der");
    authority.openssl("pkcs8 -topk8 -in rsa.key -passout pass:secret -out rsa.encrypted");
    authority.openssl(
        "rsa -in rsa.key -traditional -aes128 -passout pass:secret -out rsa.oldencrypted");
    bad = Files.writeString(folder.resolve("bad.pem"), "garbage\n");
    Files.writeString(
        folder.resolve("both.pem"),
        Files.readString(authority.file("rsa.pem")) + Files.readString(authority.file("rsa.key")));
  }

  @Test
  void keysOfEveryFormAreRead() throws Exception {
    assertServes(server("rsa", "rsa.key"));
    assertServes(server("rsa", "rsa.pkcs1"));
    assertServes(server("rsa", "rsa.der").keyFormat(2));
    assertServes(server("ec", "ec.key"));
    assertServes(server("ec", "ec.sec1"));
    assertServes(server("ec", "ec.der").keyFormat(2));
    assertServes(server("ed", "ed.key"));
    assertServes(server("pss", "pss.key"));
    assertServes(TlsServer.of(authority.file("both.pem"), null));
  }

  @Test
  void ciphersAreTakenByOpensslsNames() throws Exception {
    String suite = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    for (String list :
        new String[] {"ECDHE-RSA-AES256-GCM-SHA384", "NOPE:ECDHE+AES256+AESGCM:!ECDSA", suite}) {
      assertEquals(suite, suiteSpoken(server("rsa", "rsa.key").ciphers(list)), list);
    }
    assertRefused(
        "Error setting the provided cipher(s): NOPE", server("rsa", "rsa.key").ciphers("NOPE"));
  }

  @Test
  void olderVersionsThanTheLeastAreRefused() throws Exception {
    try (Scrubjay server = server("rsa", "rsa.key").minVersion(3).start()) {
      assertThrows(IOException.class, () -> connect(server, "TLSv1.2"));
      connect(server, "TLSv1.3").close();
    }
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsName() throws Exception {
    Path chain = authority.file("rsa.pem");
    Path key = authority.file("rsa.key");
    Path none = authority.file("none.pem");
    String chainRefused = "Error loading the certificate chain: ";
    assertRefused(chainRefused + none + " : No such file or directory", TlsServer.of(none, key));
    assertRefused(chainRefused + bad + " : no certificate in it", TlsServer.of(bad, key));
    Path empty = authority.file("empty.pem");
    Files.writeString(empty, "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    assertRefused(
        chainRefused + empty + " : a certificate in it can't be parsed", TlsServer.of(empty, key));
    assertRefused(
        "Error loading the key: " + none + " : No such file or directory",
        TlsServer.of(chain, none));
    assertRefused(
        "Error loading the key: " + bad + " : no private key in it", TlsServer.of(chain, bad));
    assertRefused(
        "Error loading the key: (null) : no private key in it", TlsServer.of(chain, null));
    Path other = authority.file("other.key");
    assertRefused(
        "Error loading the key: " + other + " : key values mismatch", TlsServer.of(chain, other));
    for (String name : new String[] {"rsa.encrypted", "rsa.oldencrypted"}) {
      assertRefused(
          "Error loading the key: "
              + authority.file(name)
              + " : the key is encrypted, must be stored without a pass phrase",
          server("rsa", name));
    }
    assertRefused(
        "Error loading the CA certificate: " + bad + " : no certificate in it",
        server("rsa", "rsa.key").verify(2, bad));
    for (int format : new int[] {0, 3}) {
      assertRefused(
          "Error loading the key: " + authority.file("rsa.der") + " : bad ssl filetype",
          server("rsa", "rsa.der").keyFormat(format));
    }
    assertRefused("Kernel TLS offload is not available", server("rsa", "rsa.key").kernelTls());
  }

  private TlsServer server(String chain, String key) {
    return TlsServer.of(authority.file(chain + ".pem"), authority.file(key));
  }

  private void assertServes(TlsServer options) throws Exception {
    try (Scrubjay server = options.start();
        TlsClient client = connect(server)) {
      assertEquals("VERSION 1.6.45", client.ask("version\r\n"));
    }
  }

  private String suiteSpoken(TlsServer options) throws Exception {
    try (Scrubjay server = options.start();
        TlsClient client = connect(server, "TLSv1.2")) {
      return client.socket().getSession().getCipherSuite();
    }
  }

  private TlsClient connect(Scrubjay server, String... protocols) throws IOException {
    try {
      return TlsClient.connect(
          TlsClient.context(authority.file("ca.pem")), server.address(), protocols);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void assertRefused(String line, TlsServer options) {
    TlsRefusedException refused = assertThrows(TlsRefusedException.class, options::start);
    assertEquals(line, refused.getMessage());
  }
}
