package io.scrubjay.cli;

import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.Listener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One element of `-l`, taken apart: `[notls:|btls:|mtls:][proto[NAME]:][tag[NAME]:|tag_NAME_:]` in
/// this order, then `host`, `host:port`, `*`, a bare IPv6 address or `[IPv6]:port`. Source: spec
/// 5.2. A tag `db_NAME` chooses a database, also as `tag_db_NAME_:`.
///
/// @param portText null where the element names no port
record ListenElement(
    Listener.Tls tls,
    @Nullable BindingProtocol protocol,
    String tag,
    String host,
    @Nullable String portText) {
  private static final int TAG_MAX = 8;

  /// For one that chooses a database, whose name may be longer.
  private static final int DATABASE_TAG_MAX = Listener.DATABASE_TAG.length() + 32;

  private static final int PORT_MAX = 65_535;

  /// What is wrong with an element, in memcached's words.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String line;

    Unusable(String line) {
      super(line);
      this.line = line;
    }

    String line() {
      return line;
    }
  }

  static ListenElement parse(String element, Settings settings, List<String> warnings)
      throws Unusable {
    String rest = element;
    Listener.Tls tls = Listener.Tls.AS_SERVER;
    for (TlsPrefix prefix : TlsPrefix.values()) {
      if (rest.startsWith(prefix.name() + ":")) {
        if (!settings.tls.enabled) {
          throw new Unusable("'" + prefix.told + "' option is valid only when SSL is enabled");
        }
        tls = prefix.tls;
        rest = rest.substring(prefix.name().length() + 1);
        break;
      }
    }
    BindingProtocol protocol = null;
    if (rest.startsWith("proto[")) {
      int close = rest.indexOf(']');
      if (close < 0) {
        throw new Unusable("Invalid protocol spec: \"" + rest.substring("proto".length()) + "\"");
      }
      protocol = protocol(rest.substring("proto[".length(), close), element, settings, warnings);
      rest = withoutColon(rest.substring(close + 1));
    }
    String tag = "";
    if (rest.startsWith("tag[") || rest.startsWith("tag_")) {
      int close = tagEnd(rest, element);
      tag = rest.substring("tag[".length(), close);
      int most = tag.startsWith(Listener.DATABASE_TAG) ? DATABASE_TAG_MAX : TAG_MAX;
      if (tag.isEmpty() || tag.length() > most) {
        throw new Unusable("Listener tags must be between 1 and 8 characters: \"" + tag + "\"");
      }
      rest = rest.substring(close + 2);
    }
    return address(rest, tls, protocol, tag);
  }

  /// memcached says `otls` of `mtls`.
  private enum TlsPrefix {
    notls(Listener.Tls.OFF, "notls"),
    btls(Listener.Tls.UNVERIFIED, "btls"),
    mtls(Listener.Tls.VERIFIED, "otls");

    final Listener.Tls tls;
    final String told;

    TlsPrefix(Listener.Tls tls, String told) {
      this.tls = tls;
      this.told = told;
    }
  }

  /// Where the tag ends; a `:` must follow.
  private static int tagEnd(String rest, String element) throws Unusable {
    char end = rest.charAt("tag".length()) == '[' ? ']' : '_';
    int from = "tag[".length();
    if (rest.startsWith(Listener.DATABASE_TAG, from)) {
      from += Listener.DATABASE_TAG.length();
    }
    int close = rest.indexOf(end, from);
    if (close < 0 || !rest.startsWith(":", close + 1)) {
      throw new Unusable("Invalid tag in socket config: \"" + element + "\"");
    }
    return close;
  }

  /// No listener may be a way around the passwords: they come with one protocol.
  private static @Nullable BindingProtocol protocol(
      String name, String element, Settings settings, List<String> warnings) throws Unusable {
    boolean ascii = settings.authFile != null;
    return switch (name) {
      case "ascii" -> {
        if (settings.sasl) {
          throw new Unusable("Cannot use ascii protocol when SASL authentication enabled");
        }
        yield BindingProtocol.ASCII;
      }
      case "binary" -> {
        if (ascii) {
          throw new Unusable("Cannot use binary protocol when ascii authentication enabled");
        }
        yield BindingProtocol.BINARY;
      }
      case "negotiating" -> {
        if (ascii || settings.sasl) {
          String only = ascii ? "ascii" : "binary";
          warnings.add("WARNING: negotiating listener is " + only + " only, with authentication");
          yield ascii ? BindingProtocol.ASCII : BindingProtocol.BINARY;
        }
        yield BindingProtocol.AUTO;
      }
      case "proxy" -> throw new Unusable("Server not built with proxy: \"" + element + "\"");
      default -> null;
    };
  }

  private static ListenElement address(
      String text, Listener.Tls tls, @Nullable BindingProtocol protocol, String tag)
      throws Unusable {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0) {
        throw new Unusable("Invalid IPV6 address: \"" + text + "\"");
      }
      String rest = text.substring(close + 1);
      String port = rest.startsWith(":") ? rest.substring(1) : null;
      return new ListenElement(tls, protocol, tag, text.substring(1, close), port);
    }
    int colon = text.indexOf(':');
    if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
      return new ListenElement(tls, protocol, tag, text, null);
    }
    return new ListenElement(
        tls, protocol, tag, text.substring(0, colon), text.substring(colon + 1));
  }

  private static String withoutColon(String text) {
    return text.startsWith(":") ? text.substring(1) : text;
  }

  Listener listener(String name, int defaultPort) throws Unusable {
    int port = defaultPort;
    if (portText != null) {
      try {
        port = Integer.parseInt(portText.strip());
      } catch (NumberFormatException notANumber) {
        throw new Unusable("Invalid port number: \"" + portText + "\"");
      }
    }
    if (port < -1 || port > PORT_MAX) {
      throw new Unusable("Invalid port number: \"" + port + "\"");
    }
    return new Listener(name, Math.max(port, 0), protocol, tls, tag);
  }
}
