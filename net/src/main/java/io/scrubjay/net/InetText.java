package io.scrubjay.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// IP addresses as inet_ntop writes them. Of an IPv6 address the longest run of two or more zero
/// groups, the first of equals, is `::`; the JDK writes every group.
public final class InetText {
  private InetText() {}

  public static String of(InetAddress address) {
    return address instanceof Inet6Address six ? withoutZeroes(six) : address.getHostAddress();
  }

  /// With the port; an IPv6 address in brackets.
  public static String of(InetSocketAddress address) {
    String host = of(address.getAddress());
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static String withoutZeroes(Inet6Address address) {
    byte[] bytes = address.getAddress();
    int groups = bytes.length / 2;
    int runStart = -1;
    int runLength = 1;
    for (int from = 0; from < groups; from++) {
      int to = from;
      while (to < groups && bytes[2 * to] == 0 && bytes[2 * to + 1] == 0) {
        to++;
      }
      if (to - from > runLength) {
        runStart = from;
        runLength = to - from;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < groups; group++) {
      if (group == runStart) {
        text.append("::");
        group += runLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      int value = Byte.toUnsignedInt(bytes[2 * group]) << 8;
      text.append(Integer.toHexString(value | Byte.toUnsignedInt(bytes[2 * group + 1])));
    }
    return text.toString();
  }
}
