package io.scrubjay.server.text;

import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.Tally;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.text.TextEncoder;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.Touch;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.LongReply;
import io.scrubjay.server.worker.Step;
import java.lang.foreign.MemorySegment;

/// `get`, `gets`, `gat` and `gats`. Source: spec 2.3.
///
/// A value that fits the connection's share of the turn's output is copied there straight from the
/// engine; a larger one is pinned and sent as the socket takes it. When output gets stuck in the
/// middle of a list, the connection remembers at which key to go on.
///
/// Threads: the worker's.
final class TextRetrieval {
  /// Values up to this are copied into the turn's output, larger ones pinned.
  static final int COPIED_BYTES_MAX = 60 << 10;

  private static final int CRLF_BYTES = 2;

  /// Kept free for the line that ends the reply.
  private static final int END_BYTES_MAX = 64;

  private final VerbContext context;
  private final Session session;
  private final Touch touch;
  private final Key key = new Key();
  private final ByteOutput out;
  private final TextRequest request;
  private final HitReader hit;

  /// `out` and `request` are the worker's: every request is read from the one and answered on the
  /// other.
  TextRetrieval(VerbContext context, ByteOutput out, TextRequest request) {
    this.context = context;
    this.out = out;
    this.request = request;
    this.hit = new HitReader(out, request, key);
    this.session = context.session();
    this.touch = new Touch(context);
  }

  Step serve(Connection connection) {
    long mark = out.position();
    boolean allKeysGood = false;
    if (connection.resumeAt > 0) {
      request.keysPosition(connection.resumeAt);
      allKeysGood = true;
    }
    while (true) {
      int before = (int) request.keysPosition();
      if (!request.nextKey()) {
        break;
      }
      key.at(request.segment, request.keyOffset, request.keyLength);
      Answer answer = touches(request.verb) ? getAndTouch(connection) : get(connection);
      if (answer == Answer.GIVEN) {
        continue;
      }
      // Replies may leave now, and can't be taken back for a bad key further on.
      int after = (int) request.keysPosition();
      if (!allKeysGood) {
        while (request.nextKey()) {}
        if (request.keyTooLong) {
          break;
        }
        allKeysGood = true;
      }
      request.keysPosition(after);
      switch (answer) {
        case NEEDS_ROOM -> {
          if (hit.neededBytes > COPIED_BYTES_MAX) {
            connection.resumeAt = before;
            Step step = pinned(connection, after);
            if (step != Step.SERVED) {
              return step;
            }
          } else if (connection.ensure(hit.neededBytes)) {
            request.keysPosition(before);
          } else {
            connection.resumeAt = before;
            return Step.OUTPUT_FULL;
          }
        }
        case PENDING -> {
          connection.resumeAt = before;
          return Step.ENGINE_PENDING;
        }
        case GIVEN -> throw new AssertionError("handled above");
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

  private enum Answer {
    /// A value, or nothing for a miss.
    GIVEN,
    NEEDS_ROOM,
    PENDING
  }

  private static boolean touches(TextVerb verb) {
    return verb == TextVerb.GAT || verb == TextVerb.GATS;
  }

  private Answer get(Connection connection) {
    hit.again(connection.outputRoom());
    Lookup lookup = session.read(key, true, hit);
    if (lookup == Lookup.HIT) {
      if (!hit.finish()) {
        return Answer.NEEDS_ROOM;
      }
      countGet();
      return Answer.GIVEN;
    }
    if (lookup == Lookup.PENDING) {
      return Answer.PENDING;
    }
    countMissedGet(lookup);
    return Answer.GIVEN;
  }

  private void countGet() {
    context.counters().add(Counter.CMD_GET);
    context.counters().add(Counter.GET_HITS);
    session.tally(Tally.GET_HITS);
  }

  private void countMissedGet(Lookup lookup) {
    context.counters().add(Counter.CMD_GET);
    context.countMiss(lookup, Counter.GET_MISSES);
  }

  private Answer getAndTouch(Connection connection) {
    hit.again(connection.outputRoom());
    try (Entry entry = session.open(key)) {
      if (entry.lookup() == Lookup.HIT && hit.item(entry.item()) == ItemReader.DECLINED) {
        return Answer.NEEDS_ROOM;
      }
      return switch (touch.apply(entry, Exptime.deadline(request.exptime, context.clock()))) {
        case TOUCHED -> {
          entry.copyValue(0, hit.target(), hit.valueAt, entry.item().valueBytes);
          hit.finish();
          yield Answer.GIVEN;
        }
        case NOT_FOUND -> Answer.GIVEN;
        case PENDING -> Answer.PENDING;
      };
    }
  }

  /// Answers the present key with a value too large to copy. [Step#OUTPUT_FULL] when it is on its
  /// way, [Step#SERVED] when there was nothing to send after all.
  private Step pinned(Connection connection, int after) {
    if (!connection.ensure(TextEncoder.VALUE_HEADER_BYTES_MAX)) {
      return Step.OUTPUT_FULL;
    }
    Pin pin = session.newPin();
    try (Entry entry = session.open(key)) {
      Lookup lookup = entry.lookup();
      if (lookup == Lookup.PENDING) {
        return Step.ENGINE_PENDING;
      }
      boolean touching = touches(request.verb);
      if (touching) {
        touch.apply(entry, Exptime.deadline(request.exptime, context.clock()));
      }
      // An item with as many pins as it can count is treated as a miss (spec 3.4).
      if (lookup != Lookup.HIT || !entry.pin(pin)) {
        if (!touching) {
          countMissedGet(lookup);
        }
        return Step.SERVED;
      }
      if (!touching) {
        countGet();
      }
      hit.writeHeader(entry.item());
    }
    connection.longReply(new LongReply.OfPin(pin), true);
    connection.resumeAt = after;
    return Step.OUTPUT_FULL;
  }

  /// Puts a hit into the turn's output: header, value, CRLF. The engine may start over at any time
  /// until it is done, so everything is written from `mark` on.
  private static final class HitReader implements ItemReader {
    private final ByteOutput out;
    private final TextRequest request;
    private final Key key;
    private long mark;
    private long roomBytes;
    private long valueAt;
    private int valueBytes;
    private int neededBytes;

    HitReader(ByteOutput out, TextRequest request, Key key) {
      this.out = out;
      this.request = request;
      this.key = key;
    }

    /// The next hit may take `room` bytes from here on.
    void again(long room) {
      mark = out.position();
      roomBytes = room;
      neededBytes = 0;
    }

    @Override
    public long item(ItemHeader header) {
      out.position(mark);
      int needed = TextEncoder.VALUE_HEADER_BYTES_MAX + CRLF_BYTES + END_BYTES_MAX;
      if (header.valueBytes > roomBytes - needed) {
        neededBytes = (int) Math.min(Integer.MAX_VALUE, (long) needed + header.valueBytes);
        return DECLINED;
      }
      neededBytes = 0;
      writeHeader(header);
      valueAt = out.position();
      valueBytes = header.valueBytes;
      return valueAt;
    }

    @Override
    public MemorySegment target() {
      return out.segment();
    }

    void writeHeader(ItemHeader header) {
      if (request.verb == TextVerb.GETS || request.verb == TextVerb.GATS) {
        TextEncoder.valueHeader(
            out,
            key.segment(),
            key.offset(),
            key.length(),
            header.clientFlags,
            header.valueBytes,
            header.cas);
      } else {
        TextEncoder.valueHeader(
            out, key.segment(), key.offset(), key.length(), header.clientFlags, header.valueBytes);
      }
    }

    /// The value is in place: ends it. False when the item did not fit.
    boolean finish() {
      if (neededBytes > 0) {
        return false;
      }
      out.position(valueAt + valueBytes);
      out.put((byte) '\r');
      out.put((byte) '\n');
      return true;
    }
  }
}
