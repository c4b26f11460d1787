package io.scrubjay.server.meta;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.meta.MetaEncoder;
import io.scrubjay.protocol.meta.MetaError;
import io.scrubjay.protocol.meta.MetaItem;
import io.scrubjay.protocol.meta.MetaRequest;
import io.scrubjay.protocol.meta.MetaStatus;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.HitReply;
import io.scrubjay.server.command.Retrieve;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.LargeHits;
import io.scrubjay.server.worker.Step;

/// `mg`. Source: spec 3.4. Threads: the worker's.
final class MetaRetrieval {
  private final VerbContext context;
  private final ByteOutput out;
  private final MetaRequest request;
  private final Retrieve retrieve;
  private final LargeHits largeHits;
  private final Retrieve.Terms terms = new Retrieve.Terms();
  private final Key key = new Key();
  private final HitReply hit;

  /// `out` and `request` are the worker's.
  MetaRetrieval(VerbContext context, ByteOutput out, MetaRequest request) {
    this.context = context;
    this.out = out;
    this.request = request;
    this.retrieve = new Retrieve(context);
    this.largeHits = new LargeHits(retrieve, context.session());
    this.hit = new MetaHit();
  }

  Step serve(Connection connection) {
    key.at(request.keySegment, request.keyOffset, request.keyLength);
    readTerms();
    hit.again(connection.outputRoom());
    Retrieve.Outcome outcome = retrieve.fetch(key, terms, hit);
    if (outcome == Retrieve.Outcome.NO_ROOM) {
      outcome = largeHits.fetch(connection, key, terms, hit);
    }
    return switch (outcome) {
      case FOUND -> Step.SERVED;
      case NOT_FOUND -> {
        if (!request.quiet()) {
          MetaEncoder.status(out, MetaStatus.EN, request);
        }
        yield Step.SERVED;
      }
      case TOO_MANY_PINS -> {
        MetaError.REFCOUNT_OVERFLOW.writeTo(out);
        yield Step.SERVED;
      }
      case NO_ROOM -> Step.OUTPUT_FULL;
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  private void readTerms() {
    terms.plain();
    terms.takesWins = true;
    terms.bumps = !request.has('u');
    terms.tellsAccess = terms.bumps && (request.has('h') || request.has('l'));
    if (request.has('T')) {
      terms.touches = true;
      terms.deadline = Exptime.deadline(request.exptime, context.clock());
    }
    if (request.has('N')) {
      terms.vivifies = true;
      terms.vivifyDeadline = MetaFlags.vivifyDeadline(request, context.clock());
      terms.vivifyCas = request.explicitCas;
      terms.vivifyMarks = request.binaryKey ? ItemHeader.BINARY_KEY : 0;
    }
    if (request.has('R')) {
      terms.recacheDeadline = Exptime.deadline(request.recacheSeconds, context.clock());
      terms.recacheSeesTouch = MetaFlags.isBefore(request, 'T', 'R');
    }
  }

  private final class MetaHit extends HitReply {
    private final MetaItem item = new MetaItem();

    MetaHit() {
      super(out, MetaEncoder.REPLY_BYTES_MAX, true);
    }

    @Override
    protected int valueBytes(ItemHeader header) {
      boolean known = request.has('C') && request.compareCas == header.cas;
      return request.has('v') && !known ? header.valueBytes : NO_VALUE;
    }

    @Override
    protected void writeHeader(ByteOutput output, ItemHeader header, int valueBytes) {
      describe(header);
      if (valueBytes == NO_VALUE) {
        MetaEncoder.status(output, MetaStatus.HD, request, item);
      } else {
        MetaEncoder.valueHeader(output, valueBytes, request, item);
      }
    }

    private void describe(ItemHeader header) {
      item.clientFlags = header.clientFlags;
      item.valueBytes = header.valueBytes;
      item.cas = header.cas;
      MetaFlags.tellTtl(item, request, isNew, header.deadline, context.clock());
      item.fetched = header.has(ItemHeader.FETCHED);
      item.idleSeconds = context.clock().now() - header.lastAccess;
      item.binaryKey = header.has(ItemHeader.BINARY_KEY);
      item.alreadyWon = header.has(ItemHeader.WON);
      item.stale = header.has(ItemHeader.STALE);
      item.wins = wins;
    }
  }
}
