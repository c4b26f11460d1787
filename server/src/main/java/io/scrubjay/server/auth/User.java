package io.scrubjay.server.auth;

import org.jspecify.annotations.Nullable;

/// Whom a login has let in.
///
/// @param database where the user's commands go; null: where the listener's or the server's do
public record User(@Nullable String database) {
  static final User WITHOUT_DATABASE = new User(null);
}
