package io.scrubjay.server.text;

import io.scrubjay.protocol.text.TextEncoder;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.command.FlushAll;
import io.scrubjay.server.options.ShutdownRequest;
import io.scrubjay.server.stats.Version;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.LongReply;
import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// `version`, `verbosity`, `flush_all` and `shutdown`. Source: spec 2.5. Threads: the worker's.
final class TextAdmin {
  private static final int VERBOSITY_MAX = 2;

  private final Worker worker;
  private final FlushAll flushAll;
  private final ServerLog log;
  private final @Nullable ShutdownRequest shutdown;

  /// @param shutdown null: nobody may ask for it
  TextAdmin(
      Worker worker,
      DatabaseSession database,
      ServerLog log,
      boolean flushEnabled,
      @Nullable ShutdownRequest shutdown) {
    this.worker = worker;
    this.flushAll = new FlushAll(database.context(), database.engine(), flushEnabled);
    this.log = log;
    this.shutdown = shutdown;
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
    if (!flushAll.allowed()) {
      return TextDialect.refused(connection, request, TextError.FLUSH_NOT_ALLOWED);
    }
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

  /// Answers nothing when it obeys: the connection closes, as the server does.
  Step shutdown(Connection connection, TextRequest request) {
    ShutdownRequest allowed = shutdown;
    if (allowed == null) {
      return TextDialect.refused(connection, request, TextError.SHUTDOWN_NOT_ENABLED);
    }
    boolean graceful = request.tokens() == 2 && request.tokenIs(1, "graceful");
    if (request.tokens() > 1 && !graceful) {
      return TextDialect.refused(connection, request, TextError.INVALID_SHUTDOWN_MODE);
    }
    allowed.stop(graceful);
    connection.closeWhenSent(CloseReason.SHUTDOWN);
    return Step.SERVED;
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
}
