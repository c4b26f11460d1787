package io.scrubjay.server;

import io.scrubjay.server.auth.User;
import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.options.Require;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The engine's databases, and in which of them a client's commands work: its user's, else its
/// listener's, else the server's.
///
/// @param known all of them
/// @param servers the server's
record Databases(Set<String> known, String servers) {
  Databases {
    known = Collections.unmodifiableSet(new LinkedHashSet<>(known));
  }

  /// Errors: `IllegalArgumentException` when the server or a listener is for one that is not known.
  static Databases of(ServerOptions options, Set<String> known) {
    require(options.database(), known, options);
    ListenOptions listening = options.listening();
    Stream.concat(listening.tcp().stream(), listening.udp().stream())
        .map(Listener::database)
        .forEach(name -> require(name, known, options));
    return new Databases(known, options.database());
  }

  private static void require(@Nullable String name, Set<String> known, ServerOptions options) {
    Require.that(
        name == null || known.contains(name),
        "database",
        String.valueOf(name),
        "one of " + String.join(", ", known) + " with engine=" + options.engine());
  }

  String of(Listener listener, @Nullable User user) {
    if (user != null && user.database() != null) {
      return user.database();
    }
    String listeners = listener.database();
    return listeners == null ? servers : listeners;
  }
}
