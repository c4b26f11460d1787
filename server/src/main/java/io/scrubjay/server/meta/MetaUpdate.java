package io.scrubjay.server.meta;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.meta.MetaEncoder;
import io.scrubjay.protocol.meta.MetaError;
import io.scrubjay.protocol.meta.MetaItem;
import io.scrubjay.protocol.meta.MetaMode;
import io.scrubjay.protocol.meta.MetaRequest;
import io.scrubjay.protocol.meta.MetaStatus;
import io.scrubjay.protocol.text.TextEncoder;
import io.scrubjay.server.command.Arithmetic;
import io.scrubjay.server.command.Delete;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;

/// `md` and `ma`. Source: spec 3.6, 3.7. Threads: the worker's.
final class MetaUpdate {
  private final VerbContext context;
  private final Delete delete;
  private final Delete.Terms deleteTerms = new Delete.Terms("md");
  private final Arithmetic arithmetic;
  private final Arithmetic.Terms arithmeticTerms = new Arithmetic.Terms();
  private final MetaItem item = new MetaItem();
  private final Key key = new Key();

  MetaUpdate(Worker worker, VerbContext context) {
    this.context = context;
    this.delete = new Delete(context);
    this.arithmetic = new Arithmetic(context, worker.arena());
  }

  Step delete(Connection connection, MetaRequest request) {
    Delete.Terms terms = deleteTerms;
    terms.compares = request.has('C');
    terms.compareCas = request.compareCas;
    terms.invalidates = request.has('I');
    terms.empties = request.has('x');
    terms.clientFlags = request.clientFlags;
    terms.explicitCas = request.explicitCas;
    terms.touches = request.has('T');
    terms.deadline = Exptime.deadline(request.exptime, context.clock());
    return switch (delete.apply(key(request), terms)) {
      case DELETED -> {
        if (!request.quiet()) {
          MetaEncoder.status(connection.out(), MetaStatus.HD, request);
        }
        yield Step.SERVED;
      }
      case NOT_FOUND -> status(connection, MetaStatus.NF, request);
      case EXISTS -> {
        context.counters().add(Counter.DELETE_MISSES);
        yield status(connection, MetaStatus.EX, request);
      }
      case OUT_OF_MEMORY -> refused(connection, MetaError.OUT_OF_MEMORY);
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  Step arithmetic(Connection connection, MetaRequest request) {
    Arithmetic.Terms terms = arithmeticTerms;
    terms.plain(request.mode == MetaMode.INCREMENT, request.delta);
    terms.compareCas = request.compareCas;
    terms.explicitCas = request.explicitCas;
    terms.touches = request.has('T');
    terms.deadline = Exptime.deadline(request.exptime, context.clock());
    if (request.has('N')) {
      terms.vivifies = true;
      terms.initial = request.initial;
      terms.vivifyDeadline = MetaFlags.vivifyDeadline(request, context.clock());
      terms.vivifyMarks = request.binaryKey ? ItemHeader.BINARY_KEY : 0;
    }
    return switch (arithmetic.apply(key(request), terms)) {
      case DONE -> {
        if (!request.quiet() || arithmetic.created()) {
          number(connection.out(), request);
        }
        yield Step.SERVED;
      }
      case NOT_FOUND -> status(connection, MetaStatus.NF, request);
      case EXISTS -> status(connection, MetaStatus.EX, request);
      case NON_NUMERIC -> refused(connection, MetaError.NON_NUMERIC);
      case OUT_OF_MEMORY -> refused(connection, MetaError.OUT_OF_MEMORY);
      case OUT_OF_MEMORY_CREATING -> refused(connection, MetaError.OUT_OF_MEMORY_CREATING);
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  private void number(ByteOutput out, MetaRequest request) {
    item.cas = arithmetic.cas();
    item.binaryKey = request.binaryKey;
    MetaFlags.tellTtl(item, request, arithmetic.created(), arithmetic.deadline(), context.clock());
    if (request.has('v')) {
      int digits = ByteOutput.unsignedDigits(arithmetic.result());
      MetaEncoder.valueHeader(out, digits, request, item);
      TextEncoder.number(out, arithmetic.result());
    } else {
      MetaEncoder.status(out, MetaStatus.HD, request, item);
    }
  }

  private Key key(MetaRequest request) {
    return key.at(request.keySegment, request.keyOffset, request.keyLength);
  }

  private static Step status(Connection connection, MetaStatus status, MetaRequest request) {
    MetaEncoder.status(connection.out(), status, request);
    return Step.SERVED;
  }

  private static Step refused(Connection connection, MetaError error) {
    error.writeTo(connection.out());
    return Step.SERVED;
  }
}
