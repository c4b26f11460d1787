package io.scrubjay.cli.process;

import io.scrubjay.engine.FileFailure;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// `MEMCACHED_PORT_FILENAME`: one line for each bound Internet socket, for whoever let the system
/// pick the ports. Source: spec 1.4.
final class PortFile {
  private PortFile() {}

  static String text(List<InetSocketAddress> tcp, List<InetSocketAddress> udp) {
    var lines = new StringBuilder();
    tcp.forEach(address -> line(lines, "TCP", address));
    udp.forEach(address -> line(lines, "UDP", address));
    return lines.toString();
  }

  private static void line(StringBuilder lines, String transport, InetSocketAddress address) {
    boolean six = address.getAddress() instanceof Inet6Address;
    lines.append(transport).append(six ? " INET6: " : " INET: ").append(address.getPort());
    lines.append('\n');
  }

  static void write(String name, String text) {
    Path unfinished = Path.of(name + ".lck");
    try {
      Files.writeString(unfinished, text);
      Files.move(unfinished, Path.of(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      System.err.println(
          "Failed to write the port file " + name + ": " + FileFailure.reason(refused));
    }
  }
}
