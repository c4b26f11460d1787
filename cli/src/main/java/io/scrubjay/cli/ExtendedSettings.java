package io.scrubjay.cli;

import org.jspecify.annotations.Nullable;

/// `-o`: a comma list of `name` or `name=value`, split as C's `getsubopt` splits it. What the names
/// mean is in [Suboption].
final class ExtendedSettings {
  private ExtendedSettings() {}

  /// Reads one `-o` argument into `settings`; null, or the end that the first wrong item asks for.
  static Launch.@Nullable Exit apply(String list, Settings settings) {
    int from = 0;
    while (from < list.length()) {
      int comma = list.indexOf(',', from);
      int to = comma < 0 ? list.length() : comma;
      Launch.Exit exit = applyItem(list.substring(from, to), settings);
      if (exit != null) {
        return exit;
      }
      from = to + 1;
    }
    return null;
  }

  /// One item of the list, whose value may hold a comma.
  static Launch.@Nullable Exit applyItem(String item, Settings settings) {
    int equals = item.indexOf('=');
    String name = equals < 0 ? item : item.substring(0, equals);
    String value = equals < 0 ? null : item.substring(equals + 1);
    Suboption suboption = Suboption.named(name);
    if (suboption == null) {
      return unknown(item, name, settings);
    }
    Launch.Exit exit = suboption.reader.read(name, value, settings);
    return exit != null || suboption.available
        ? exit
        : settings.refuse("-o " + name + " is not available in this version");
  }

  /// memcached's own line, which is also what it says to options that it was built without.
  private static Launch.Exit unknown(String item, String name, Settings settings) {
    String line = "Illegal suboption \"" + item + "\"";
    if (name.startsWith("ext_")) {
      return settings.refuse(Launch.FAILURE, line, "There is no extstore in this server.");
    }
    if (name.startsWith("proxy_")) {
      return settings.refuse(Launch.FAILURE, line, "There is no proxy in this server.");
    }
    String hint = Nearest.hint(name, Suboption.names());
    return hint.isEmpty()
        ? settings.refuse(line)
        : settings.refuse(Launch.FAILURE, line, "Unknown name " + name + hint);
  }

  static Launch.@Nullable Exit poller(String name, @Nullable String value, Settings settings) {
    if (value == null) {
      return settings.refuse(ValueReader.missing(name, ValueReader.ARGUMENT));
    }
    if (!value.equals("epoll") && !value.equals("nio")) {
      return settings.refuse("Unknown poller \"" + value + "\" (epoll, nio)");
    }
    settings.server.poller(value);
    return null;
  }

  static Launch.@Nullable Exit engine(String name, @Nullable String value, Settings settings) {
    if (value == null || value.isEmpty()) {
      return settings.refuse(ValueReader.missing(name, ValueReader.ARGUMENT));
    }
    settings.server.engine(value);
    return null;
  }
}
