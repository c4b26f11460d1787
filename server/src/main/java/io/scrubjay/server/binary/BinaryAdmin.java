package io.scrubjay.server.binary;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.binary.BinaryEncoder;
import io.scrubjay.protocol.binary.BinaryRequest;
import io.scrubjay.protocol.binary.BinaryStatus;
import io.scrubjay.server.command.FlushAll;
import io.scrubjay.server.options.CommandOptions;
import io.scrubjay.server.stats.PrefixStatistics;
import io.scrubjay.server.stats.StatisticsPages;
import io.scrubjay.server.stats.Version;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.LongReply;
import io.scrubjay.server.worker.Step;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// `FLUSH`, `VERSION` and `STAT`. Source: spec 4.2. Threads: the worker's.
final class BinaryAdmin {
  private final FlushAll flushAll;
  private final StatisticsPages pages;
  private final boolean dumpEnabled;

  BinaryAdmin(DatabaseSession database, StatisticsPages pages, CommandOptions allowed) {
    this.flushAll = new FlushAll(database.context(), database.engine(), allowed.flushEnabled());
    this.pages = pages;
    this.dumpEnabled = allowed.dumpEnabled();
  }

  Step flush(Connection connection, BinaryRequest request) {
    if (!flushAll.allowed()) {
      return BinaryDialect.refused(connection, request, BinaryStatus.AUTH_FAILURE);
    }
    flushAll.apply(Integer.toUnsignedLong(request.exptime));
    return BinaryDialect.succeeded(connection, request, 0);
  }

  Step version(Connection connection, BinaryRequest request) {
    BinaryEncoder.text(connection.out(), request, BinaryStatus.OK, Version.MEMCACHED);
    return Step.SERVED;
  }

  /// Names are recognised as memcached does it: `reset` and `settings` with anything behind them,
  /// the engine's groups exactly.
  Step stat(Connection connection, BinaryRequest request) {
    String name = name(request);
    if (name.isEmpty()) {
      return print(connection, request, pages.general());
    }
    if (name.startsWith("reset")) {
      pages.reset();
      return print(connection, request, Map.of());
    }
    if (name.startsWith("settings")) {
      return print(connection, request, pages.settings());
    }
    if (name.startsWith("detail")) {
      return detail(connection, request, name.substring("detail".length()));
    }
    return switch (name) {
      case "items" -> print(connection, request, pages.items());
      case "slabs" -> print(connection, request, pages.slabs());
      case "sizes" -> print(connection, request, pages.sizes());
      default -> BinaryDialect.refused(connection, request, BinaryStatus.NOT_FOUND);
    };
  }

  private Step detail(Connection connection, BinaryRequest request, String what) {
    PrefixStatistics prefixes = pages.prefixes();
    if (dumpEnabled && what.startsWith(" dump")) {
      String text = new String(prefixes.dump(), StandardCharsets.ISO_8859_1);
      return print(connection, request, Map.of("detailed", text));
    }
    if (dumpEnabled && (what.startsWith(" on") || what.startsWith(" off"))) {
      prefixes.enabled(what.startsWith(" on"));
      return print(connection, request, Map.of());
    }
    return BinaryDialect.refused(connection, request, BinaryStatus.NOT_FOUND);
  }

  private static String name(BinaryRequest request) {
    byte[] name = request.segment.asSlice(request.keyOffset, request.keyLength).toArray(JAVA_BYTE);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static Step print(
      Connection connection, BinaryRequest request, Map<String, String> page) {
    int bytes = BinaryEncoder.REPLY_BYTES_MAX;
    for (var stat : page.entrySet()) {
      bytes += BinaryEncoder.statBytes(stat.getKey(), stat.getValue());
    }
    ByteOutput text = new ByteOutput(MemorySegment.ofArray(new byte[bytes]));
    page.forEach((name, value) -> BinaryEncoder.stat(text, request, name, value));
    BinaryEncoder.empty(text, request, 0);
    connection.longReply(new LongReply.OfText(text.segment().asSlice(0, text.position())), false);
    return Step.SERVED;
  }
}
