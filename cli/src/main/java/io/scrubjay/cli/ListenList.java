package io.scrubjay.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `-l`: addresses separated by `,` or `;`, each `host`, `host:port`, `*`, a bare IPv6 address or
/// `[IPv6]:port`.
///
/// This version binds every address on one port, so a list that names two is refused.
sealed interface ListenList {
  /// Where to listen.
  ///
  /// @param hosts each once, in order; `*` as the wildcard of each address family
  /// @param port 0 picks a free one
  record Addresses(List<String> hosts, int port) implements ListenList {
    public Addresses {
      hosts = List.copyOf(hosts);
    }
  }

  /// A list that can't be used.
  ///
  /// @param detail printed before the line on the failure to listen, or alone if `status` is 1
  record Refused(int status, String detail) implements ListenList {
    String message(String listenFailure) {
      return status == Launch.OS_ERROR
          ? detail + "\n" + listenFailure + "Invalid argument"
          : detail;
    }
  }

  static ListenList parse(String list, int defaultPort, Host host) {
    Set<String> hosts = new LinkedHashSet<>();
    Set<Integer> ports = new LinkedHashSet<>();
    for (String element : list.replace(';', ',').split(",", -1)) {
      if (element.isEmpty()) {
        continue;
      }
      Element address = Element.parse(element);
      if (address == null) {
        return element.startsWith("[")
            ? new Refused(Launch.OS_ERROR, "Invalid IPV6 address: \"" + element + "\"")
            : new Refused(
                Launch.FAILURE, "-l " + element + ": prefixes are not available in this version");
      }
      Integer port = address.port(defaultPort);
      if (port == null) {
        return new Refused(Launch.OS_ERROR, "Invalid port number: \"" + address.portText() + "\"");
      }
      hosts.addAll(wildcards(address.host(), host));
      ports.add(port);
    }
    return checked(hosts, ports);
  }

  private static ListenList checked(Set<String> hosts, Set<Integer> ports) {
    if (hosts.isEmpty()) {
      return new Refused(Launch.FAILURE, "-l names no address");
    }
    if (ports.size() > 1) {
      return new Refused(
          Launch.FAILURE, "-l with more than one port is not available in this version");
    }
    int port = ports.iterator().next();
    if (port == 0) {
      return new Refused(
          Launch.FAILURE,
          "port 0 turns TCP off, and there is nothing else to listen on in this version;"
              + " -p -1 picks a free port");
    }
    if (port < -1 || port > 65_535) {
      return new Refused(Launch.OS_ERROR, "port " + port + " is out of range");
    }
    return new Addresses(new ArrayList<>(hosts), Math.max(port, 0));
  }

  private static List<String> wildcards(String name, Host host) {
    if (!name.equals("*")) {
      return List.of(name);
    }
    return host.ipv6() ? List.of("0.0.0.0", "::") : List.of("0.0.0.0");
  }

  /// One element, taken apart.
  ///
  /// @param portText null where the element names no port
  record Element(String host, @Nullable String portText) {
    private static final List<String> PREFIXES =
        List.of("notls:", "btls:", "mtls:", "proto[", "tag[", "tag_");

    /// Null for a bracket that is never closed and for memcached's `notls:`, `proto[…]:` and
    /// `tag…:` prefixes.
    static @Nullable Element parse(String text) {
      if (text.startsWith("[")) {
        int close = text.indexOf(']');
        if (close < 0) {
          return null;
        }
        String rest = text.substring(close + 1);
        String port = rest.startsWith(":") ? rest.substring(1) : null;
        return new Element(text.substring(1, close), port);
      }
      if (PREFIXES.stream().anyMatch(text::startsWith)) {
        return null;
      }
      int colon = text.indexOf(':');
      if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
        return new Element(text, null);
      }
      return new Element(text.substring(0, colon), text.substring(colon + 1));
    }

    /// The number of the port, or null where its text is none.
    @Nullable Integer port(int defaultPort) {
      if (portText == null) {
        return defaultPort;
      }
      try {
        return Integer.valueOf(portText.strip());
      } catch (NumberFormatException notANumber) {
        return null;
      }
    }
  }
}
