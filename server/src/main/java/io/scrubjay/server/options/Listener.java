package io.scrubjay.server.options;

import org.jspecify.annotations.Nullable;

/// One element of `-l`. Immutable; whoever connects there carries it along.
///
/// @param host a name or an address
/// @param port 0 picks a free one
/// @param protocol null: the server's
/// @param tls what it makes of the server's TLS
/// @param tag a name of 1 to 8 characters, or [#DATABASE_TAG] and a database, or empty
public record Listener(
    String host, int port, @Nullable BindingProtocol protocol, Tls tls, String tag) {
  /// Where a client came in that came through no element of `-l`: a unix socket, say.
  public static final Listener UNNAMED = new Listener("", 0, null, Tls.AS_SERVER, "");

  /// What a tag begins with that chooses a database.
  public static final String DATABASE_TAG = "db_";

  /// What a listener's prefix says of TLS.
  public enum Tls {
    AS_SERVER,
    /// `notls:`
    OFF,
    /// `btls:`, without a look at clients' certificates
    UNVERIFIED,
    /// `mtls:`, clients need a certificate
    VERIFIED
  }

  public Listener {
    Require.that(port >= 0 && port <= 65_535, "port", port, "0..65535 (0 picks a free port)");
  }

  public static Listener on(String host, int port) {
    return new Listener(host, port, null, Tls.AS_SERVER, "");
  }

  /// The database that its tag chooses; null: none.
  public @Nullable String database() {
    return tag.startsWith(DATABASE_TAG) ? tag.substring(DATABASE_TAG.length()) : null;
  }

  public BindingProtocol protocolOr(BindingProtocol servers) {
    return protocol == null ? servers : protocol;
  }
}
