package io.scrubjay.cli;

import io.scrubjay.server.options.Listener;
import java.util.ArrayList;
import java.util.List;

/// `-l`: elements separated by `,` or `;`, read by [ListenElement]. An element that is there
/// already is passed over.
sealed interface ListenList {
  /// Where to listen.
  ///
  /// @param listeners each once, in order; `*` is one for each address family
  /// @param warnings lines for stderr
  record Listeners(List<Listener> listeners, List<String> warnings) implements ListenList {
    public Listeners {
      listeners = List.copyOf(listeners);
      warnings = List.copyOf(warnings);
    }
  }

  /// A list that can't be used: memcached's line on the element, which is followed by one on the
  /// failure to listen.
  record Refused(String detail) implements ListenList {}

  static ListenList parse(String list, int defaultPort, Settings settings, Host host) {
    // A set would make the JVM generate hashCode for the record.
    List<Listener> listeners = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (String text : list.replace(';', ',').split(",", -1)) {
      if (text.isEmpty()) {
        continue;
      }
      try {
        ListenElement element = ListenElement.parse(text, settings, warnings);
        for (String name : families(element.host(), host)) {
          Listener listener = element.listener(name, defaultPort);
          if (!listeners.contains(listener)) {
            listeners.add(listener);
          }
        }
      } catch (ListenElement.Unusable element) {
        return new Refused(element.line());
      }
    }
    return listeners.isEmpty()
        ? new Refused("-l names no address")
        : new Listeners(listeners, warnings);
  }

  private static List<String> families(String name, Host host) {
    if (!name.equals("*")) {
      return List.of(name);
    }
    return host.ipv6() ? List.of("0.0.0.0", "::") : List.of("0.0.0.0");
  }
}
