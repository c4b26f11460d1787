package io.scrubjay.server.text;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.ItemCursor;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemVisitor;
import io.scrubjay.engine.Key;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.text.DumpEncoder;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.server.worker.LongReply;
import org.jspecify.annotations.Nullable;

/// A line per item, pulled from the engine as the client takes them. Threads: the worker's.
final class TextDump implements LongReply {
  /// Items looked at for one piece, so that other connections get their turn.
  private static final int STEPS_MAX = 128;

  enum Form {
    METADUMP(TextReply.END),
    MGDUMP(TextReply.EN);

    private final TextReply end;

    Form(TextReply end) {
      this.end = end;
    }
  }

  private final ItemCursor cursor;
  private final Form form;
  private final CacheClock clock;
  private final ItemVisitor line = this::line;
  private @Nullable ByteOutput out;

  TextDump(ItemCursor cursor, Form form, CacheClock clock) {
    this.cursor = cursor;
    this.form = form;
    this.clock = clock;
  }

  @Override
  public boolean writeTo(ByteOutput output) {
    out = output;
    long end = output.position() + PIECE_BYTES_MAX - DumpEncoder.LINE_BYTES_MAX;
    for (int steps = 0; steps < STEPS_MAX && output.position() <= end; steps++) {
      switch (cursor.next(line)) {
        case SHOWN, PASSED_OVER -> {}
        case END -> {
          form.end.writeTo(output);
          return false;
        }
        case LOCKED -> {
          TextReply.DUMP_LOCKED.writeTo(output);
          return false;
        }
      }
    }
    return true;
  }

  private boolean line(Key key, ItemHeader item) {
    ByteOutput to = out;
    if (to == null) {
      throw new AssertionError("shown an item before it was asked for");
    }
    switch (form) {
      case METADUMP -> {
        long exptime = item.deadline == 0 ? 0 : clock.epochSecondsOf(item.deadline);
        long lastAccess = clock.epochSecondsOf(item.lastAccess);
        DumpEncoder.metadump(to, key.segment(), key.offset(), key.length(), exptime, lastAccess);
        DumpEncoder.metadumpEnd(
            to,
            item.cas,
            item.has(ItemHeader.FETCHED),
            item.slabClass,
            item.totalBytes,
            item.clientFlags);
      }
      case MGDUMP ->
          DumpEncoder.mgdump(
              to, key.segment(), key.offset(), key.length(), item.has(ItemHeader.BINARY_KEY));
    }
    return true;
  }

  @Override
  public void release() {
    cursor.close();
  }
}
