package io.scrubjay.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each list chooses what `openssl ciphers -tls1_2` (3.0) prints for it, of the suites here and in
/// that order.
final class CipherListTest {
  private static final List<String> OF_TLS_13 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");

  private static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
          "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RSA                | AES128-GCM-SHA256
          kRSA               | AES128-GCM-SHA256
          ECDSA              | ECDHE-ECDSA-AES256-GCM-SHA384
          aECDSA             | ECDHE-ECDSA-AES256-GCM-SHA384
          kDHE               | DHE-RSA-AES256-SHA256 DHE-RSA-AES128-SHA
          DH                 | DHE-RSA-AES256-SHA256 DHE-RSA-AES128-SHA
          kEDH+AES256        | DHE-RSA-AES256-SHA256
          ECDH+AESGCM        | ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-AES128-GCM-SHA256
          kEECDH+SHA         | ECDHE-RSA-AES128-SHA
          HIGH+kRSA          | AES128-GCM-SHA256
          ALL+SHA384         | ECDHE-RSA-AES256-SHA384
          ECDHE+aRSA+AES128  | ECDHE-RSA-AES128-GCM-SHA256 ECDHE-RSA-AES128-SHA
          EECDH+SHA          | ECDHE-RSA-AES128-SHA
          SHA1               | ECDHE-RSA-AES128-SHA DHE-RSA-AES128-SHA
          SHA256             | DHE-RSA-AES256-SHA256
          SHA384             | ECDHE-RSA-AES256-SHA384
          TLSv1              | ECDHE-RSA-AES128-SHA
          SSLv3              | DHE-RSA-AES128-SHA
          TLSv1.2+kDHE       | DHE-RSA-AES256-SHA256
          CHACHA20           | ECDHE-RSA-CHACHA20-POLY1305
          ECDHE+AESGCM:+SHA1 | ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-AES128-GCM-SHA256
          CHACHA20:kRSA:+CHACHA20 | AES128-GCM-SHA256 ECDHE-RSA-CHACHA20-POLY1305
          AESGCM:-ECDHE:EECDH+AES128+AESGCM | AES128-GCM-SHA256 ECDHE-RSA-AES128-GCM-SHA256
          AESGCM:!ECDHE:EECDH+AES128+AESGCM | AES128-GCM-SHA256
          NOPE:AES128-GCM-SHA256 | AES128-GCM-SHA256
          CBC+kRSA:CBC+ECDHE | ECDHE-RSA-AES256-SHA384 ECDHE-RSA-AES128-SHA
          AES128-GCM-SHA256+RSA  | AES128-GCM-SHA256
          AES128-GCM-SHA256+DHE  |
          MEDIUM             |
          GCM                |
          POLY1305           |
          ECDHE+GCM          |
          ECDHE+NOPE         |
          rsa                |
          KRSA               |
          all                |
          aes128             |
          TLSV1.2            |
          sha256             |
          ecdhe-rsa-aes128-gcm-sha256 |
          ''                 |
          """)
  void aListMeansWhatItMeansToOpenssl(String list, @Nullable String names) {
    assertEquals(names == null ? "" : names, selected(list));
  }

  @Test
  void whatIsTakenAwayFromAll() {
    String all = selected("ALL");
    assertEquals(
        "ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-CHACHA20-POLY1305 ECDHE-RSA-AES128-GCM-SHA256"
            + " ECDHE-RSA-AES256-SHA384 DHE-RSA-AES256-SHA256 ECDHE-RSA-AES128-SHA"
            + " DHE-RSA-AES128-SHA AES128-GCM-SHA256",
        all);
    assertEquals(all, selected("HIGH:!aNULL:!MD5"));
    assertEquals(all.replace(" AES128-GCM-SHA256", ""), selected("ALL:!RSA"));
    assertEquals(
        all.replace(" DHE-RSA-AES256-SHA256", "").replace(" DHE-RSA-AES128-SHA", ""),
        selected("HIGH:!DH"));
    assertEquals(
        all.replace(" ECDHE-RSA-AES256-SHA384 DHE-RSA-AES256-SHA256", "")
            .replace(" ECDHE-RSA-AES128-SHA DHE-RSA-AES128-SHA", ""),
        selected("ALL:!SHA1:!SHA256:!SHA384"));
    assertEquals(
        all.replace(" ECDHE-RSA-AES128-SHA DHE-RSA-AES128-SHA", ""),
        selected("HIGH:!TLSv1:!SSLv3"));
  }

  /// Those of TLS 1.3 are always there, unless there is nothing else.
  private static String selected(String list) {
    List<String> selected = CipherList.select(list, SUITES);
    if (selected.isEmpty()) {
      return "";
    }
    assertEquals(OF_TLS_13, selected.subList(0, OF_TLS_13.size()));
    return selected.stream()
        .skip(OF_TLS_13.size())
        .map(CipherList::openSslName)
        .collect(Collectors.joining(" "));
  }
}
