package io.scrubjay.server.text;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.LruControl;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.text.DumpEncoder;
import io.scrubjay.protocol.text.TextEncoder;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.stats.StatisticsPages;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.LongReply;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stats` and its sub-commands. Source: spec 2.8. Threads: the worker's.
final class TextStats {
  /// Of `stats cachedump`: what memcached prints at most.
  private static final int CACHEDUMP_BYTES_MAX = 2 << 20;

  private static final int CACHEDUMP_TOKENS = 4;

  private final Worker worker;
  private final StatisticsPages pages;
  private final boolean dumpEnabled;
  private final CacheClock clock;
  private final @Nullable LruControl lru;

  TextStats(Worker worker, DatabaseSession database, StatisticsPages pages, boolean dumpEnabled) {
    this.worker = worker;
    this.pages = pages;
    this.dumpEnabled = dumpEnabled;
    this.clock = worker.clock();
    this.lru = database.engine().lru().orElse(null);
  }

  Step serve(Connection connection, TextRequest request) {
    if (request.tokens() == 1) {
      return print(connection, pages.general());
    }
    if (request.tokenAbbreviates(1, "reset")) {
      pages.reset();
      return TextDialect.served(connection, request, TextReply.RESET);
    }
    if (request.tokenAbbreviates(1, "detail")) {
      return detail(connection, request);
    }
    if (request.tokenAbbreviates(1, "settings")) {
      return print(connection, pages.settings());
    }
    if (request.tokenAbbreviates(1, "cachedump")) {
      return cachedump(connection, request);
    }
    if (request.tokenAbbreviates(1, "conns")) {
      Map<String, String> page = worker.connections(connection);
      return page == null ? Step.ENGINE_PENDING : print(connection, page);
    }
    // No pages: external storage is never in use.
    if (request.tokenAbbreviates(1, "extstore")) {
      return TextDialect.served(connection, request, TextReply.END);
    }
    if (request.tokenIs(1, "items")) {
      return print(connection, pages.items());
    }
    if (request.tokenIs(1, "slabs")) {
      return print(connection, pages.slabs());
    }
    if (request.tokenIs(1, "sizes")) {
      return print(connection, pages.sizes());
    }
    return TextDialect.served(connection, request, TextReply.ERROR);
  }

  private Step detail(Connection connection, TextRequest request) {
    if (!dumpEnabled) {
      return TextDialect.refused(connection, request, TextError.DETAIL_NOT_ALLOWED);
    }
    if (request.tokenAbbreviates(2, "on")) {
      pages.prefixes().enabled(true);
      return TextDialect.served(connection, request, TextReply.OK);
    }
    if (request.tokenAbbreviates(2, "off")) {
      pages.prefixes().enabled(false);
      return TextDialect.served(connection, request, TextReply.OK);
    }
    if (request.tokenAbbreviates(2, "dump")) {
      return send(connection, MemorySegment.ofArray(pages.prefixes().dump()));
    }
    return TextDialect.refused(connection, request, TextError.DETAIL_USAGE);
  }

  /// What the coldest queue of a class holds.
  private Step cachedump(Connection connection, TextRequest request) {
    if (!dumpEnabled) {
      return TextDialect.refused(connection, request, TextError.CACHEDUMP_NOT_ALLOWED);
    }
    if (request.tokens() < CACHEDUMP_TOKENS) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE_SHORT);
    }
    if (!request.parseUint32(2)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    long slabClass = request.number;
    if (!request.parseUint32(3)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    if (slabClass >= SlabControl.CLASSES_END) {
      return TextDialect.refused(connection, request, TextError.ILLEGAL_SLAB_ID);
    }
    ByteOutput text = new ByteOutput(MemorySegment.ofArray(new byte[CACHEDUMP_BYTES_MAX]));
    if (lru != null) {
      Cachedump dump = new Cachedump(text, request.number == 0 ? Long.MAX_VALUE : request.number);
      lru.showCold((int) slabClass, dump::item);
    }
    TextReply.END.writeTo(text);
    return send(connection, text.segment().asSlice(0, text.position()));
  }

  private final class Cachedump {
    private final ByteOutput text;
    private long left;

    Cachedump(ByteOutput text, long left) {
      this.text = text;
      this.left = left;
    }

    boolean item(Key key, ItemHeader item) {
      if (!item.has(ItemHeader.BINARY_KEY)) {
        left--;
        DumpEncoder.cachedump(
            text,
            key.segment(),
            key.offset(),
            key.length(),
            item.valueBytes,
            item.deadline == 0 ? 0 : clock.epochSecondsOf(item.deadline));
      }
      return left > 0 && text.room() >= DumpEncoder.LINE_BYTES_MAX + TextReply.END.bytes();
    }
  }

  private static Step print(Connection connection, Map<String, String> page) {
    int bytes = TextReply.END.bytes();
    for (var stat : page.entrySet()) {
      bytes += TextEncoder.statBytes(stat.getKey(), stat.getValue());
    }
    ByteOutput text = new ByteOutput(MemorySegment.ofArray(new byte[bytes]));
    page.forEach((name, value) -> TextEncoder.stat(text, name, value));
    TextReply.END.writeTo(text);
    return send(connection, text.segment().asSlice(0, text.position()));
  }

  private static Step send(Connection connection, MemorySegment text) {
    connection.longReply(new LongReply.OfText(text), false);
    return Step.SERVED;
  }
}
