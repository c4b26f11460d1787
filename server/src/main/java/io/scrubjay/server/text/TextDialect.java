package io.scrubjay.server.text;

import io.scrubjay.protocol.text.TextDecoder;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.command.DebugTools;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.meta.MetaCommands;
import io.scrubjay.server.options.CommandOptions;
import io.scrubjay.server.options.ShutdownRequest;
import io.scrubjay.server.stats.StatisticsPages;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.Dialect;
import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;
import io.scrubjay.server.worker.Worker;
import io.scrubjay.server.worker.WrittenReply;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Speaks text: decodes a line, and gives it to the file of its kind of verb; meta lines to
/// [MetaCommands].
///
/// Threads: confined to its worker, shared by the worker's connections.
public final class TextDialect implements Dialect {
  private final TextDecoder decoder = new TextDecoder();
  private final TextRequest request = new TextRequest();
  private final TextRetrieval retrieval;
  private final TextStorage storage;
  private final TextUpdate update;
  private final TextAdmin admin;
  private final TextStats stats;
  private final TextLru lru;
  private final TextCrawler crawler;
  private final TextSlabs slabs;
  private final TextExtstore extstore;
  private final TextDebug debug;
  private final TextWatch watch;
  private final MetaCommands meta;
  private final ServerLog log;
  private final WrittenReply written;

  /// Null: off, and their words are errors as any unknown word is.
  private final @Nullable TextExtensions extensions;

  /// @param database whose items its commands work on
  /// @param shutdown what `shutdown` does; null: it is refused
  /// @param debugTools null: a client may not have them
  public TextDialect(
      Worker worker,
      DatabaseSession database,
      StatisticsPages pages,
      ServerLog log,
      CommandOptions allowed,
      @Nullable ShutdownRequest shutdown,
      @Nullable DebugTools debugTools) {
    VerbContext context = database.context();
    this.retrieval = new TextRetrieval(context, worker.out(), request);
    this.storage = new TextStorage(database);
    this.update = new TextUpdate(worker, context);
    this.admin = new TextAdmin(worker, database, log, allowed.flushEnabled(), shutdown);
    this.stats = new TextStats(worker, database, pages, allowed.dumpEnabled());
    this.lru = new TextLru(database.engine());
    this.crawler = new TextCrawler(worker, database.engine(), allowed.dumpEnabled());
    this.slabs = new TextSlabs(database.engine());
    this.extstore = new TextExtstore(pages.externalStorage());
    this.debug = new TextDebug(debugTools);
    this.watch = new TextWatch(allowed.watchEnabled());
    this.meta = new MetaCommands(worker, database);
    this.log = log;
    this.written = new WrittenReply(worker, new ReplyEcho(log));
    this.extensions = allowed.extensions() ? new TextExtensions(worker, database) : null;
  }

  @Override
  public Step serve(Connection connection, MemorySegment input, long from, long to) {
    if (!log.echoes()) {
      return decode(connection, input, from, to);
    }
    written.begins();
    Step step = decode(connection, input, from, to);
    written.ends(connection.id());
    return step;
  }

  private Step decode(Connection connection, MemorySegment input, long from, long to) {
    long searchFrom = from + connection.scannedBytes;
    return switch (decoder.decode(input, from, to, searchFrom, request)) {
      case COMPLETE -> {
        if (log.echoes() && !connection.told()) {
          echo(connection);
        }
        connection.consumedTo(request.lineEnd);
        yield connection.came(run(connection, to), from);
      }
      case NEED_MORE -> {
        connection.scannedBytes = (int) (to - from);
        yield Step.NEED_MORE;
      }
      case REFUSED -> {
        connection.consumedTo(request.lineEnd);
        connection.swallow(request.swallowBytes);
        yield refused(connection, request, request.error);
      }
      case CLOSE -> Step.CLOSE;
    };
  }

  @Override
  public Step uploaded(Connection connection, Upload upload) {
    if (!log.echoes()) {
      return end(connection, upload);
    }
    written.begins();
    Step step = end(connection, upload);
    written.ends(connection.id());
    return step;
  }

  private Step end(Connection connection, Upload upload) {
    return MetaCommands.owns(upload)
        ? meta.uploaded(connection, upload)
        : storage.uploaded(connection, upload);
  }

  @Override
  public boolean silenceIsAResponse() {
    return false;
  }

  private Step run(Connection connection, long to) {
    return switch (request.verb) {
      case GET, GETS, GAT, GATS -> retrieval.serve(connection);
      case SET, ADD, REPLACE, APPEND, PREPEND, CAS -> storage.serve(connection, request, to);
      case DELETE -> update.delete(connection, request);
      case INCR -> update.arithmetic(connection, request, true);
      case DECR -> update.arithmetic(connection, request, false);
      case TOUCH -> update.touch(connection, request);
      case FLUSH_ALL -> admin.flushAll(connection, request);
      case VERSION -> admin.version(connection);
      case VERBOSITY -> admin.verbosity(connection, request);
      case STATS ->
          extensions != null && request.tokenIs(1, "lldb")
              ? extensions.serve(connection, request)
              : stats.serve(connection, request);
      case LRU -> lru.serve(connection, request);
      case LRU_CRAWLER -> crawler.serve(connection, request);
      case QUIT -> {
        connection.closeWhenSent(CloseReason.NORMAL);
        yield Step.SERVED;
      }
      case MG, MS, MD, MA, MN, ME -> meta.serve(connection, request, to);
      case WATCH -> watch.serve(connection, request);
      case REFRESH_CERTS -> admin.refreshCertificates(connection);
      case SHUTDOWN -> admin.shutdown(connection, request);
      case SLABS -> slabs.slabs(connection, request);
      case CACHE_MEMLIMIT -> slabs.memoryLimit(connection, request);
      case SNAPSHOT -> slabs.snapshot(connection, request);
      case DEBUGTIME -> debug.time(connection, request);
      case DEBUGITEM -> debug.item(connection, request);
      case EXTSTORE -> extstore.serve(connection, request);
      // Of debug builds only.
      case MISBEHAVE -> served(connection, request, TextReply.ERROR);
      case UNKNOWN ->
          extensions == null
              ? served(connection, request, TextReply.ERROR)
              : extensions.serve(connection, request);
    };
  }

  /// One line of reply, unless the client wants none.
  static Step served(Connection connection, TextRequest request, TextReply reply) {
    if (request.noreply) {
      connection.withhold(reply.line());
    } else {
      reply.writeTo(connection.out());
    }
    return Step.SERVED;
  }

  /// An error line, unless the client wants none.
  static Step refused(Connection connection, TextRequest request, TextError error) {
    if (request.noreply) {
      connection.withhold(error.line());
    } else {
      error.writeTo(connection.out());
    }
    return Step.SERVED;
  }

  private void echo(Connection connection) {
    long start = request.lineStart;
    String line = ServerLog.printable(request.segment, start, request.contentEnd() - start);
    log.line("<" + connection.id() + " " + line);
  }
}
