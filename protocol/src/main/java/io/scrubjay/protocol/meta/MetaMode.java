package io.scrubjay.protocol.meta;

/// What the `M` flag of `ms` and `ma` asks for.
public enum MetaMode {
  SET,
  ADD,
  APPEND,
  PREPEND,
  REPLACE,
  INCREMENT,
  DECREMENT
}
