package io.scrubjay.server.text;

import io.scrubjay.protocol.text.LoginDecoder;
import io.scrubjay.protocol.text.LoginRequest;
import io.scrubjay.protocol.text.TextDecoded;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.server.auth.AuthFile;
import io.scrubjay.server.auth.AuthThread;
import io.scrubjay.server.auth.Credentials;
import io.scrubjay.server.auth.User;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Dialect;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;
import io.scrubjay.server.worker.Worker;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a connection to a server with `-Y` speaks until it has authenticated: nothing else is
/// understood, so no command can slip past. Source: spec 6.2.
///
/// Threads: one per connection, confined to its worker.
public final class TextLogin implements Dialect {
  private final Worker worker;
  private final Function<User, Dialect> text;
  private final AuthFile users;
  private final AuthThread checks;
  private final LoginDecoder decoder = new LoginDecoder();
  private final LoginRequest request = new LoginRequest();
  private @Nullable CompletableFuture<Optional<User>> check;

  /// `text` says what is spoken afterwards.
  public TextLogin(Worker worker, Function<User, Dialect> text, AuthFile users, AuthThread checks) {
    this.worker = worker;
    this.text = text;
    this.users = users;
    this.checks = checks;
  }

  @Override
  public Step serve(Connection connection, MemorySegment input, long from, long to) {
    TextDecoded decoded = decoder.decode(input, from, to, request);
    CompletableFuture<Optional<User>> asked = check;
    if (asked != null) {
      return asked.isDone() ? answer(connection, asked.join()) : Step.CHECK_PENDING;
    }
    return switch (decoded) {
      case COMPLETE -> ask(connection);
      case NEED_MORE -> Step.NEED_MORE;
      case REFUSED -> {
        request.error.writeTo(connection.out());
        connection.consumedTo(request.end);
        yield Step.SERVED;
      }
      case CLOSE -> Step.CLOSE;
    };
  }

  private Step ask(Connection connection) {
    Credentials known = users.credentials();
    byte[] user = request.user;
    byte[] password = request.password;
    check =
        checks.run(
            () -> Optional.ofNullable(known.admit(user, password)),
            () -> worker.checked(connection));
    return Step.CHECK_PENDING;
  }

  private Step answer(Connection connection, Optional<User> admitted) {
    check = null;
    connection.consumedTo(request.end);
    worker.counters().add(Counter.AUTH_CMDS);
    if (admitted.isPresent()) {
      connection.speaks(text.apply(admitted.get()));
      TextReply.STORED.writeTo(connection.out());
    } else {
      worker.counters().add(Counter.AUTH_ERRORS);
      TextError.AUTHENTICATION_FAILURE.writeTo(connection.out());
    }
    return Step.SERVED;
  }

  @Override
  public Step uploaded(Connection connection, Upload upload) {
    throw new AssertionError("nobody uploads before it has authenticated");
  }

  @Override
  public boolean silenceIsAResponse() {
    return false;
  }
}
