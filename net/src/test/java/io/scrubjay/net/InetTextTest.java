package io.scrubjay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InetTextTest {
  /// Each as Python's `socket.inet_ntop` writes it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::",
        "::1",
        "1::",
        "2001:db8::7",
        "fe80::1:0:0:2",
        "1:0:2:3:4:5:6:7",
        "1:0:0:2::3",
        "1::2:0:0:3:4",
        "102:304:506:708:90a:b0c:d0e:f10"
      })
  void anAddressIsWrittenShort(String text) {
    assertEquals(text, InetText.of(InetAddress.ofLiteral(text)));
  }

  @Test
  void aPortFollowsAColonAndBracketsKeepItApart() throws Exception {
    assertEquals(
        "192.0.2.1:80", InetText.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80)));
    assertEquals("[::1]:80", InetText.of(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80)));
  }
}
