package io.scrubjay.cli;

import io.scrubjay.server.options.BindingProtocol;
import org.jspecify.annotations.Nullable;

/// Rules that join several options, looked at after the last one was read.
final class Conflicts {
  private static final int PORT_MAX = 65_535;
  private static final int ITEM_BYTES_MIN = 1024;
  private static final int ITEM_BYTES_MAX = 1 << 30;

  private Conflicts() {}

  /// The end that the first broken rule asks for, or null.
  static Launch.@Nullable Exit first(Settings settings, Host host) {
    if (settings.udpPort != 0 && !settings.portGiven) {
      settings.port = settings.udpPort;
    }
    String broken = ports(settings);
    if (broken == null) {
      broken = itemSize(settings);
    }
    if (broken == null) {
      broken = authentication(settings);
    }
    if (broken == null && settings.napiIds > settings.threads) {
      broken =
          "Number of napi_ids(%d) cannot be greater than number of threads(%d)"
              .formatted(settings.napiIds, settings.threads);
    }
    if (broken != null) {
      return settings.refuse(Launch.USAGE, broken);
    }
    Launch.Exit exit = SlabSuboptions.conflict(settings);
    return exit != null ? exit : user(settings, host);
  }

  private static @Nullable String ports(Settings settings) {
    if (settings.udpPort > PORT_MAX || settings.udpPort < -1) {
      return "ERROR: Invalid port number " + settings.udpPort + ".";
    }
    if (settings.port > PORT_MAX) {
      return "ERROR: Invalid port number " + settings.port + ".";
    }
    if (settings.tls.enabled && settings.port == 0) {
      return "ERROR: You cannot enable SSL without a TCP port.";
    }
    return null;
  }

  private static @Nullable String itemSize(Settings settings) {
    long itemBytes = settings.itemBytesMax;
    if (itemBytes < ITEM_BYTES_MIN) {
      return "Item max size cannot be less than 1024 bytes.";
    }
    if (settings.memoryMebibytes < 0) {
      return "Memory limit cannot be less than 0.";
    }
    if (itemBytes > (settings.memoryMebibytes << 20) / 2) {
      return "Cannot set item size limit higher than 1/2 of memory max.";
    }
    if (itemBytes > ITEM_BYTES_MAX) {
      return "Cannot set item size limit higher than a gigabyte.";
    }
    return null;
  }

  /// Passwords of one protocol must not be got around by the other.
  private static @Nullable String authentication(Settings settings) {
    BindingProtocol given = settings.protocol;
    if (settings.sasl) {
      if (given != null && given != BindingProtocol.BINARY) {
        return "ERROR: You cannot allow the ASCII protocol while using SASL.";
      }
      if (settings.udpPort != 0) {
        return "ERROR: Cannot enable UDP while using binary SASL authentication.";
      }
    }
    if (settings.authFile != null) {
      if (settings.udpPort != 0) {
        return "Cannot use UDP with ascii authentication enabled (-U 0 to disable)";
      }
      if (settings.sasl || (given != null && given != BindingProtocol.ASCII)) {
        return "ERROR: You cannot allow the BINARY protocol while using ascii authentication"
            + " tokens.";
      }
    }
    return null;
  }

  private static Launch.@Nullable Exit user(Settings settings, Host host) {
    String user = settings.user;
    if (user == null) {
      if (host.root()) {
        settings.notices.add("warning: running as root; -u NAME runs as another user");
      }
      return null;
    }
    if (host.root() && !host.userExists(user)) {
      return settings.refuse(Launch.NO_USER, "can't find the user " + user + " to switch to");
    }
    if (!host.root() && !user.equals(host.userName())) {
      settings.notices.add(
          "warning: only root becomes another user; still running as " + host.userName());
    }
    return null;
  }
}
