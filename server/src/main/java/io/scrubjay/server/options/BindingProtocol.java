package io.scrubjay.server.options;

import java.util.Locale;

/// Which protocols a client may speak (`-B`).
public enum BindingProtocol {
  /// Whichever a connection's first byte shows.
  AUTO("auto-negotiate"),
  ASCII("ascii"),
  BINARY("binary");

  private final String settingsName;

  BindingProtocol(String settingsName) {
    this.settingsName = settingsName;
  }

  /// As given to `-B`: `auto`, `ascii` or `binary`.
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// As `stats settings` prints it.
  public String settingsName() {
    return settingsName;
  }
}
