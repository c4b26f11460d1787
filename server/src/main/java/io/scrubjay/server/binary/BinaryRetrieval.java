package io.scrubjay.server.binary;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.binary.BinaryEncoder;
import io.scrubjay.protocol.binary.BinaryOpcode;
import io.scrubjay.protocol.binary.BinaryRequest;
import io.scrubjay.protocol.binary.BinaryStatus;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.HitReply;
import io.scrubjay.server.command.Retrieve;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.LargeHits;
import io.scrubjay.server.worker.Step;

/// `GET`, `GETK`, `GAT`, `GATK` and `TOUCH`, which is a `GAT` without the value. Source: spec 4.2.
/// Threads: the worker's.
final class BinaryRetrieval {
  private final VerbContext context;
  private final ByteOutput out;
  private final BinaryRequest request;
  private final Retrieve retrieve;
  private final LargeHits largeHits;
  private final Retrieve.Terms terms = new Retrieve.Terms();
  private final Key key = new Key();
  private final HitReply hit;

  /// `out` and `request` are the worker's.
  BinaryRetrieval(VerbContext context, ByteOutput out, BinaryRequest request) {
    this.context = context;
    this.out = out;
    this.request = request;
    this.retrieve = new Retrieve(context);
    this.largeHits = new LargeHits(retrieve, context.session());
    this.hit = new BinaryHit(out, request);
  }

  Step serve(Connection connection) {
    key.at(request.segment, request.keyOffset, request.keyLength);
    hit.again(connection.outputRoom());
    Retrieve.Outcome outcome = fetch();
    if (outcome == Retrieve.Outcome.NO_ROOM) {
      outcome = largeHits.fetch(connection, key, terms, hit);
    }
    if (outcome != Retrieve.Outcome.NO_ROOM && outcome != Retrieve.Outcome.PENDING) {
      context.prefixes().countGet(key, outcome == Retrieve.Outcome.FOUND);
    }
    return switch (outcome) {
      case FOUND -> Step.SERVED;
      // An item with as many pins as it can count is treated as a miss (spec 3.4).
      case NOT_FOUND, TOO_MANY_PINS -> {
        if (!request.quiet) {
          miss();
        }
        yield Step.SERVED;
      }
      case NO_ROOM -> Step.OUTPUT_FULL;
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  private Retrieve.Outcome fetch() {
    if (request.opcode == BinaryOpcode.GET || request.opcode == BinaryOpcode.GETK) {
      terms.plain();
      return retrieve.get(key, hit);
    }
    terms.touch(Exptime.deadline(Integer.toUnsignedLong(request.exptime), context.clock()));
    return retrieve.fetch(key, terms, hit);
  }

  private void miss() {
    if (request.opcode == BinaryOpcode.GETK || request.opcode == BinaryOpcode.GATK) {
      BinaryEncoder.missWithKey(out, request);
    } else {
      BinaryEncoder.error(out, request, BinaryStatus.NOT_FOUND);
    }
  }

  private static final class BinaryHit extends HitReply {
    private final BinaryRequest request;

    BinaryHit(ByteOutput out, BinaryRequest request) {
      super(out, BinaryEncoder.REPLY_BYTES_MAX, false);
      this.request = request;
    }

    @Override
    protected int valueBytes(ItemHeader header) {
      return request.opcode == BinaryOpcode.TOUCH ? NO_VALUE : header.valueBytes;
    }

    @Override
    protected void writeHeader(ByteOutput output, ItemHeader header, int valueBytes) {
      BinaryEncoder.valueHeader(
          output, request, header.clientFlags, Math.max(valueBytes, 0), header.cas);
    }
  }
}
