package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SocketAddressesTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.254.253.252", "::", "::1", "2001:db8::7"})
  void decodingUndoesEncoding(String host) throws UnknownHostException {
    var address = new InetSocketAddress(InetAddress.getByName(host), 65_000);
    try (Arena arena = Arena.ofConfined()) {
      assertEquals(address, SocketAddresses.decoded(SocketAddresses.encoded(arena, address)));
    }
  }

  @Test
  void theStructHasPortAndAddressInNetworkOrder() throws UnknownHostException {
    var address = new InetSocketAddress(InetAddress.getByName("1.2.3.4"), 0x1234);
    try (Arena arena = Arena.ofConfined()) {
      byte[] struct = SocketAddresses.encoded(arena, address).toArray(JAVA_BYTE);
      assertArrayEquals(new byte[] {2, 0, 0x12, 0x34, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0}, struct);
    }
  }

  @Test
  void anUnresolvedAddressIsRefused() {
    var unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
    assertThrows(
        IllegalArgumentException.class, () -> SocketAddresses.encoded(Arena.global(), unresolved));
  }
}
