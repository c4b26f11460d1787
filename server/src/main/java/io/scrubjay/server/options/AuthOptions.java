package io.scrubjay.server.options;

import org.jspecify.annotations.Nullable;

/// Who may use the server. Immutable.
///
/// @param authFile `-Y`, a file of `user:password` lines; null: no need to authenticate in text
/// @param sasl `-S`
/// @param saslPasswordFile `MEMCACHED_SASL_PWDB`, or null
public record AuthOptions(
    @Nullable String authFile, boolean sasl, @Nullable String saslPasswordFile) {}
