package io.scrubjay.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.protocol.binary.BinaryDecoder;
import io.scrubjay.server.auth.User;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.worker.Dialect;
import io.scrubjay.server.worker.DialectChoice;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one worker speaks: text and binary, in each database that a client of its has come to.
///
/// Threads: confined to the worker.
final class Dialects implements DialectChoice {
  /// Of one database.
  record Pair(Dialect text, Dialect binary) {}

  private final Databases databases;
  private final BindingProtocol protocol;
  private final Function<String, Pair> maker;
  private final Map<String, Pair> made = new HashMap<>();

  /// `protocol` is spoken where a listener names none; `maker` makes the dialects of a database.
  Dialects(Databases databases, BindingProtocol protocol, Function<String, Pair> maker) {
    this.databases = databases;
    this.protocol = protocol;
    this.maker = maker;
    Pair _ = of(Listener.UNNAMED, null);
  }

  @Override
  public Dialect choose(Listener listener, MemorySegment input, long at) {
    return switch (listener.protocolOr(protocol)) {
      case AUTO ->
          input.get(JAVA_BYTE, at) == BinaryDecoder.REQUEST_MAGIC
              ? binary(listener, null)
              : text(listener, null);
      case ASCII -> text(listener, null);
      case BINARY -> binary(listener, null);
    };
  }

  Dialect text(Listener listener, @Nullable User user) {
    return of(listener, user).text;
  }

  Dialect binary(Listener listener, @Nullable User user) {
    return of(listener, user).binary;
  }

  private Pair of(Listener listener, @Nullable User user) {
    return made.computeIfAbsent(databases.of(listener, user), maker);
  }
}
