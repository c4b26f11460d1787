package io.scrubjay.server.text;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.text.TextEncoder;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.command.FlushAll;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.stats.StatisticsPages;
import io.scrubjay.server.stats.Version;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.LongReply;
import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// `version`, `verbosity`, `flush_all` and `stats`. Source: spec 2.5, 2.8. Threads: the worker's.
final class TextAdmin {
  private static final int VERBOSITY_MAX = 2;

  private final Worker worker;
  private final FlushAll flushAll;
  private final StatisticsPages pages;
  private final ServerLog log;

  TextAdmin(Worker worker, VerbContext context, StatisticsPages pages, ServerLog log) {
    this.worker = worker;
    this.flushAll = new FlushAll(context, worker.engine());
    this.pages = pages;
    this.log = log;
  }

  Step version(Connection connection) {
    TextEncoder.version(connection.out(), Version.MEMCACHED);
    return Step.SERVED;
  }

  Step verbosity(Connection connection, TextRequest request) {
    if (!request.parseUint32(1)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    log.verbosity((int) Math.min(request.number, VERBOSITY_MAX));
    return TextDialect.served(connection, request, TextReply.OK);
  }

  Step flushAll(Connection connection, TextRequest request) {
    long exptime = 0;
    if (request.arguments() > 0) {
      if (!request.parseInt32(1)) {
        return TextDialect.refused(connection, request, TextError.INVALID_EXPTIME);
      }
      exptime = request.number;
    }
    flushAll.apply(exptime);
    return TextDialect.served(connection, request, TextReply.OK);
  }

  /// Only a server started with `-A` obeys; this one has no such flag yet.
  Step shutdown(Connection connection, TextRequest request) {
    return TextDialect.refused(connection, request, TextError.SHUTDOWN_NOT_ENABLED);
  }

  Step refreshCertificates(Connection connection) {
    String line = worker.refreshCertificates(connection);
    if (line == null) {
      return Step.ENGINE_PENDING;
    }
    byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.UTF_8);
    connection.longReply(new LongReply.OfText(MemorySegment.ofArray(bytes)), false);
    return Step.SERVED;
  }

  Step stats(Connection connection, TextRequest request) {
    if (request.tokens() == 1) {
      return print(connection, pages.general());
    }
    if (request.tokenAbbreviates(1, "reset")) {
      pages.reset();
      return TextDialect.served(connection, request, TextReply.RESET);
    }
    if (request.tokenAbbreviates(1, "settings")) {
      return print(connection, pages.settings());
    }
    if (request.tokenAbbreviates(1, "conns")) {
      Map<String, String> page = worker.connections(connection);
      return page == null ? Step.ENGINE_PENDING : print(connection, page);
    }
    if (request.tokenIs(1, "items")) {
      return print(connection, pages.items());
    }
    if (request.tokenIs(1, "slabs")) {
      return print(connection, pages.slabs());
    }
    return TextDialect.served(connection, request, TextReply.ERROR);
  }

  private static Step print(Connection connection, Map<String, String> page) {
    int bytes = TextReply.END.bytes();
    for (var stat : page.entrySet()) {
      bytes += TextEncoder.statBytes(stat.getKey(), stat.getValue());
    }
    ByteOutput text = new ByteOutput(MemorySegment.ofArray(new byte[bytes]));
    page.forEach((name, value) -> TextEncoder.stat(text, name, value));
    TextReply.END.writeTo(text);
    connection.longReply(new LongReply.OfText(text.segment().asSlice(0, text.position())), false);
    return Step.SERVED;
  }
}
