package io.scrubjay.server.text;

import io.scrubjay.engine.Key;
import io.scrubjay.protocol.text.TextEncoder;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.command.Arithmetic;
import io.scrubjay.server.command.Delete;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.Touch;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;

/// `delete`, `incr`, `decr` and `touch`. Source: spec 2.4. Threads: the worker's.
final class TextUpdate {
  private final VerbContext context;
  private final Delete delete;
  private final Arithmetic arithmetic;
  private final Touch touch;
  private final Delete.Terms deleteTerms = new Delete.Terms("delete");
  private final Arithmetic.Terms arithmeticTerms = new Arithmetic.Terms();
  private final Key key = new Key();

  TextUpdate(Worker worker, VerbContext context) {
    this.context = context;
    this.delete = new Delete(context);
    this.arithmetic = new Arithmetic(context, worker.arena());
    this.touch = new Touch(context);
  }

  Step delete(Connection connection, TextRequest request) {
    Delete.Outcome outcome = delete.apply(key(request), deleteTerms);
    if (outcome != Delete.Outcome.PENDING) {
      context.prefixes().countDelete(key);
    }
    return switch (outcome) {
      case DELETED -> TextDialect.served(connection, request, TextReply.DELETED);
      case NOT_FOUND -> TextDialect.served(connection, request, TextReply.NOT_FOUND);
      case EXISTS, OUT_OF_MEMORY -> throw new AssertionError("not asked for");
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  Step touch(Connection connection, TextRequest request) {
    return switch (touch.apply(key(request), Exptime.deadline(request.exptime, context.clock()))) {
      case TOUCHED -> TextDialect.served(connection, request, TextReply.TOUCHED);
      case NOT_FOUND -> TextDialect.served(connection, request, TextReply.NOT_FOUND);
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  Step arithmetic(Connection connection, TextRequest request, boolean increment) {
    arithmeticTerms.plain(increment, request.delta);
    return switch (arithmetic.apply(key(request), arithmeticTerms)) {
      case DONE -> {
        if (request.noreply) {
          connection.withhold(arithmetic.result());
        } else {
          TextEncoder.number(connection.out(), arithmetic.result());
        }
        yield Step.SERVED;
      }
      case NOT_FOUND -> TextDialect.served(connection, request, TextReply.NOT_FOUND);
      case NON_NUMERIC -> TextDialect.refused(connection, request, TextError.NON_NUMERIC);
      case OUT_OF_MEMORY -> TextDialect.refused(connection, request, TextError.OUT_OF_MEMORY);
      case EXISTS, OUT_OF_MEMORY_CREATING -> throw new AssertionError("not asked for");
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  private Key key(TextRequest request) {
    return key.at(request.segment, request.keyOffset, request.keyLength);
  }
}
