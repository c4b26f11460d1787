package io.scrubjay.server.binary;

import io.scrubjay.engine.Key;
import io.scrubjay.protocol.binary.BinaryEncoder;
import io.scrubjay.protocol.binary.BinaryOpcode;
import io.scrubjay.protocol.binary.BinaryRequest;
import io.scrubjay.protocol.binary.BinaryStatus;
import io.scrubjay.server.command.Arithmetic;
import io.scrubjay.server.command.Delete;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;

/// `DELETE`, `INCREMENT` and `DECREMENT`. Source: spec 4.2. Threads: the worker's.
final class BinaryUpdate {
  private final VerbContext context;
  private final Delete delete;
  private final Delete.Terms deleteTerms = new Delete.Terms(null);
  private final Arithmetic arithmetic;
  private final Arithmetic.Terms arithmeticTerms = new Arithmetic.Terms();
  private final Key key = new Key();

  BinaryUpdate(Worker worker, VerbContext context) {
    this.context = context;
    this.delete = new Delete(context);
    this.arithmetic = new Arithmetic(context, worker.arena());
  }

  Step delete(Connection connection, BinaryRequest request) {
    deleteTerms.compares = request.cas != 0;
    deleteTerms.compareCas = request.cas;
    Delete.Outcome outcome = delete.apply(key(request), deleteTerms);
    if (outcome != Delete.Outcome.PENDING) {
      context.prefixes().countDelete(key);
    }
    return switch (outcome) {
      case DELETED -> BinaryDialect.succeeded(connection, request, 0);
      case NOT_FOUND -> BinaryDialect.refused(connection, request, BinaryStatus.NOT_FOUND);
      case EXISTS -> BinaryDialect.refused(connection, request, BinaryStatus.EXISTS);
      case OUT_OF_MEMORY -> throw new AssertionError("a delete that keeps nothing");
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  Step arithmetic(Connection connection, BinaryRequest request) {
    Arithmetic.Terms terms = arithmeticTerms;
    terms.plain(request.opcode == BinaryOpcode.INCREMENT, request.delta);
    terms.compareCas = request.cas;
    terms.vivifies = request.exptime != BinaryRequest.NO_VIVIFY;
    terms.initial = request.initial;
    terms.vivifyDeadline =
        Exptime.deadline(Integer.toUnsignedLong(request.exptime), context.clock());
    return switch (arithmetic.apply(key(request), terms)) {
      case DONE -> {
        if (!request.quiet) {
          BinaryEncoder.counter(connection.out(), request, arithmetic.result(), arithmetic.cas());
        }
        yield Step.SERVED;
      }
      case NOT_FOUND -> BinaryDialect.refused(connection, request, BinaryStatus.NOT_FOUND);
      case EXISTS -> BinaryDialect.refused(connection, request, BinaryStatus.EXISTS);
      case NON_NUMERIC -> BinaryDialect.refused(connection, request, BinaryStatus.NON_NUMERIC);
      case OUT_OF_MEMORY ->
          BinaryDialect.refused(connection, request, BinaryStatus.OUT_OF_MEMORY_INCREMENTING);
      case OUT_OF_MEMORY_CREATING ->
          BinaryDialect.refused(connection, request, BinaryStatus.OUT_OF_MEMORY_CREATING);
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  private Key key(BinaryRequest request) {
    return key.at(request.segment, request.keyOffset, request.keyLength);
  }
}
