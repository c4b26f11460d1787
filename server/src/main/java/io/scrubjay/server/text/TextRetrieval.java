package io.scrubjay.server.text;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.text.TextEncoder;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.HitReply;
import io.scrubjay.server.command.Retrieve;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.LargeHits;
import io.scrubjay.server.worker.Step;

/// `get`, `gets`, `gat` and `gats`. Source: spec 2.3.
///
/// When output gets stuck in the middle of a list, the connection remembers at which key to go on.
///
/// Limits: [#KEYS_PER_STRETCH_MAX] keys of a list, then other connections have their turn.
///
/// Threads: the worker's.
final class TextRetrieval {
  /// Some tenths of a millisecond, as long as a stretch of other requests may take.
  static final int KEYS_PER_STRETCH_MAX = 1024;

  private final VerbContext context;
  private final Retrieve retrieve;
  private final LargeHits largeHits;
  private final KeysAhead keysAhead;
  private final Retrieve.Terms terms = new Retrieve.Terms();
  private final Key key = new Key();
  private final ByteOutput out;
  private final TextRequest request;
  private final HitReply hit;

  /// No key of the request's list is too long.
  private boolean allKeysGood;

  /// `out` and `request` are the worker's: every request is read from the one and answered on the
  /// other.
  TextRetrieval(VerbContext context, ByteOutput out, TextRequest request) {
    this.context = context;
    this.out = out;
    this.request = request;
    this.hit = new TextHit(out, request, key);
    this.retrieve = new Retrieve(context);
    this.keysAhead = new KeysAhead(context.session());
    this.largeHits = new LargeHits(retrieve, context.session());
  }

  Step serve(Connection connection) {
    long mark = out.position();
    boolean touches = request.verb == TextVerb.GAT || request.verb == TextVerb.GATS;
    if (touches) {
      terms.touch(Exptime.deadline(request.exptime, context.clock()));
    } else {
      terms.plain();
    }
    allKeysGood = connection.resumeAt > 0;
    if (allKeysGood) {
      request.keysPosition(connection.resumeAt);
    }
    int firstKeyAt = (int) request.keysPosition();
    int keysLeft = KEYS_PER_STRETCH_MAX;
    int announced = 1; // the first goes without: there may be no other
    while (true) {
      int before = (int) request.keysPosition();
      if (announced == 0) {
        announced = keysAhead.announce(request);
      }
      announced--;
      if (!request.nextKey()) {
        break;
      }
      key.at(request.segment, request.keyOffset, request.keyLength);
      if (connection.cutsResponses && before > firstKeyAt) {
        if (!mayLeave()) {
          break;
        }
        if (!connection.responseEnds()) {
          connection.resumeAt = before;
          return Step.OUTPUT_FULL;
        }
      }
      if (keysLeft-- == 0) {
        if (!mayLeave()) {
          break;
        }
        connection.resumeAt = before;
        return Step.YIELD;
      }
      hit.again(connection.outputRoom());
      Retrieve.Outcome outcome = touches ? retrieve.fetch(key, terms, hit) : retrieve.get(key, hit);
      if (outcome == Retrieve.Outcome.FOUND || outcome == Retrieve.Outcome.NOT_FOUND) {
        context.prefixes().countGet(key, outcome == Retrieve.Outcome.FOUND);
        continue;
      }
      if (!mayLeave()) {
        break;
      }
      Step step = outOfLine(connection, outcome, before);
      if (step != Step.SERVED) {
        return step;
      }
    }
    if (request.keyTooLong) {
      out.position(mark);
      TextError.BAD_COMMAND_LINE.writeTo(out);
    } else {
      TextReply.END.writeTo(out);
    }
    return Step.SERVED;
  }

  /// The key at `before` could not be answered at once. [Step#SERVED]: it is answered now, go on.
  private Step outOfLine(Connection connection, Retrieve.Outcome first, int before) {
    Retrieve.Outcome outcome =
        first == Retrieve.Outcome.NO_ROOM ? largeHits.fetch(connection, key, terms, hit) : first;
    return switch (outcome) {
      case NO_ROOM -> {
        connection.resumeAt = before;
        yield Step.OUTPUT_FULL;
      }
      case PENDING -> {
        connection.resumeAt = before;
        yield Step.ENGINE_PENDING;
      }
      // An item with as many pins as it can count is treated as a miss (spec 3.4).
      case FOUND, NOT_FOUND, TOO_MANY_PINS -> {
        context.prefixes().countGet(key, outcome == Retrieve.Outcome.FOUND);
        if (connection.longReplyUnderWay()) {
          connection.resumeAt = (int) request.keysPosition();
          yield Step.OUTPUT_FULL;
        }
        yield Step.SERVED;
      }
    };
  }

  /// Whether replies to keys may leave. They can't be taken back then, so the rest of the list is
  /// looked through once for a key that is too long; unless there is one, it goes on where it was.
  private boolean mayLeave() {
    if (!allKeysGood) {
      long here = request.keysPosition();
      while (request.nextKey()) {}
      allKeysGood = !request.keyTooLong;
      if (allKeysGood) {
        request.keysPosition(here);
      }
    }
    return allKeysGood;
  }

  private static final class TextHit extends HitReply {
    private final TextRequest request;
    private final Key key;

    /// The request's own notion of its key may have run ahead to the end of the list.
    TextHit(ByteOutput out, TextRequest request, Key key) {
      super(out, TextEncoder.VALUE_HEADER_BYTES_MAX, true);
      this.request = request;
      this.key = key;
    }

    @Override
    protected void writeHeader(ByteOutput output, ItemHeader header, int valueBytes) {
      if (request.verb == TextVerb.GETS || request.verb == TextVerb.GATS) {
        TextEncoder.valueHeader(
            output,
            key.segment(),
            key.offset(),
            key.length(),
            header.clientFlags,
            header.valueBytes,
            header.cas);
      } else {
        TextEncoder.valueHeader(
            output,
            key.segment(),
            key.offset(),
            key.length(),
            header.clientFlags,
            header.valueBytes);
      }
    }
  }
}
