package io.scrubjay.server.options;

/// Statistics per key prefix. Immutable.
///
/// @param prefixDelimiter `-D`, ends a prefix
/// @param detailEnabled true from the start with `-D`; `stats detail on` turns it on later
public record StatOptions(char prefixDelimiter, boolean detailEnabled) {}
