package io.scrubjay.server.binary;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.protocol.binary.BinaryDecoder;
import io.scrubjay.protocol.binary.BinaryEncoder;
import io.scrubjay.protocol.binary.BinaryOpcode;
import io.scrubjay.protocol.binary.BinaryRequest;
import io.scrubjay.protocol.binary.BinaryStatus;
import io.scrubjay.server.auth.AuthThread;
import io.scrubjay.server.auth.SaslExchange;
import io.scrubjay.server.auth.SaslExchange.Answer;
import io.scrubjay.server.auth.SaslMechanisms;
import io.scrubjay.server.auth.User;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Dialect;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;
import io.scrubjay.server.worker.Worker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a connection to a server with `-S` speaks: SASL itself, `VERSION`, and everything else only
/// once it has authenticated (spec B-07, 6.1). An `AUTH` begins anew, whoever it was before; but
/// the first who was let in has decided on the database, and a user of another one is refused.
///
/// Limits: [#MECHANISM_BYTES_MAX], [#MESSAGE_BYTES_MAX]. Threads: one per connection, confined to
/// its worker.
public final class SaslLogin implements Dialect {
  static final int MECHANISM_BYTES_MAX = 32;
  static final int MESSAGE_BYTES_MAX = 4096;

  private static final int OPCODE_OFFSET = 1;
  private static final int SASL_FIRST = 0x20;
  private static final int SASL_COUNT = 3;

  private final Worker worker;
  private final Dialect beforehand;
  private final Function<User, Dialect> binary;
  private final SaslMechanisms mechanisms;
  private final AuthThread checks;
  private final BinaryDecoder decoder = new BinaryDecoder();
  private final BinaryRequest request = new BinaryRequest();

  /// What the first who was let in speaks; null: nobody was yet.
  private @Nullable Dialect granted;

  private boolean authenticated;
  private @Nullable SaslExchange exchange;
  private @Nullable CompletableFuture<Answer> check;

  /// `beforehand` answers what a client may ask before it has authenticated, `binary` says what is
  /// spoken from then on.
  public SaslLogin(
      Worker worker,
      Dialect beforehand,
      Function<User, Dialect> binary,
      SaslMechanisms mechanisms,
      AuthThread checks) {
    this.worker = worker;
    this.beforehand = beforehand;
    this.binary = binary;
    this.mechanisms = mechanisms;
    this.checks = checks;
  }

  @Override
  public Step serve(Connection connection, MemorySegment input, long from, long to) {
    if (authenticated && !isSasl(input, from, to)) {
      return spoken().serve(connection, input, from, to);
    }
    return switch (decoder.decode(input, from, to, request)) {
      case COMPLETE ->
          switch (request.opcode) {
            case VERSION -> spoken().serve(connection, input, from, to);
            case SASL_LIST_MECHS -> {
              connection.consumedTo(request.headEnd);
              BinaryEncoder.text(connection.out(), request, BinaryStatus.OK, mechanisms.names());
              yield Step.SERVED;
            }
            case SASL_AUTH, SASL_STEP -> exchange(connection, to);
            default -> refusedAndClosed(connection, BinaryStatus.AUTH_FAILURE);
          };
      case NEED_MORE -> Step.NEED_MORE;
      case REFUSED -> refusedAndClosed(connection, BinaryStatus.AUTH_FAILURE);
      case REFUSED_CLOSE -> refusedAndClosed(connection, shapeOrAuth());
      case CLOSE -> Step.CLOSE;
    };
  }

  private Dialect spoken() {
    return granted == null ? beforehand : granted;
  }

  /// False for a user of another database than the first's.
  private boolean grant(User user) {
    Dialect wanted = binary.apply(user);
    if (granted == null) {
      granted = wanted;
    }
    return wanted.equals(granted);
  }

  private static boolean isSasl(MemorySegment input, long from, long to) {
    int opcode = to - from > OPCODE_OFFSET ? input.get(JAVA_BYTE, from + OPCODE_OFFSET) : 0;
    return opcode >= SASL_FIRST && opcode < SASL_FIRST + SASL_COUNT;
  }

  /// Lengths that contradict each other are told first, then who may not ask, then the shape.
  private BinaryStatus shapeOrAuth() {
    boolean mayAsk =
        switch (request.opcode) {
          case SASL_LIST_MECHS, SASL_AUTH, SASL_STEP, VERSION -> true;
          default -> false;
        };
    return mayAsk || request.status == BinaryStatus.UNKNOWN_COMMAND
        ? request.status
        : BinaryStatus.AUTH_FAILURE;
  }

  private Step refusedAndClosed(Connection connection, BinaryStatus status) {
    Step _ = BinaryDialect.refused(connection, request, status);
    return Step.CLOSE;
  }

  private Step exchange(Connection connection, long to) {
    if (request.keyLength > MECHANISM_BYTES_MAX || request.valueBytes > MESSAGE_BYTES_MAX) {
      connection.consumedTo(request.headEnd);
      connection.swallow(request.valueBytes);
      return BinaryDialect.refused(connection, request, BinaryStatus.INVALID_ARGUMENTS);
    }
    if (to - request.headEnd < request.valueBytes) {
      return Step.NEED_MORE;
    }
    CompletableFuture<Answer> asked = check;
    if (asked != null) {
      return asked.isDone() ? answer(connection, asked.join()) : Step.CHECK_PENDING;
    }
    if (request.opcode == BinaryOpcode.SASL_AUTH) {
      authenticated = false;
      exchange = mechanisms.begin(text(request.keyOffset, request.keyLength));
    }
    SaslExchange begun = exchange;
    if (begun == null) {
      return answer(connection, new Answer.Failure());
    }
    byte[] message = bytes(request.headEnd, request.valueBytes);
    check = checks.run(() -> begun.respond(message), () -> worker.checked(connection));
    return Step.CHECK_PENDING;
  }

  private Step answer(Connection connection, Answer answer) {
    check = null;
    connection.consumedTo(request.headEnd + request.valueBytes);
    boolean refused = answer instanceof Answer.Success(User user) && !grant(user);
    switch (refused ? new Answer.Failure() : answer) {
      case Answer.Challenge(String challenge) ->
          BinaryEncoder.text(connection.out(), request, BinaryStatus.AUTH_CONTINUE, challenge);
      case Answer.Success(User _) -> {
        worker.counters().add(Counter.AUTH_CMDS);
        authenticated = true;
        exchange = null;
        BinaryEncoder.text(connection.out(), request, BinaryStatus.OK, "Authenticated");
      }
      case Answer.Failure() -> {
        worker.counters().add(Counter.AUTH_CMDS);
        worker.counters().add(Counter.AUTH_ERRORS);
        exchange = null;
        BinaryEncoder.error(connection.out(), request, BinaryStatus.AUTH_FAILURE);
      }
    }
    return Step.SERVED;
  }

  private byte[] bytes(long offset, int count) {
    return request.segment.asSlice(offset, count).toArray(JAVA_BYTE);
  }

  private String text(long offset, int count) {
    return new String(bytes(offset, count), StandardCharsets.ISO_8859_1);
  }

  @Override
  public Step uploaded(Connection connection, Upload upload) {
    return spoken().uploaded(connection, upload);
  }

  @Override
  public boolean silenceIsAResponse() {
    return spoken().silenceIsAResponse();
  }
}
