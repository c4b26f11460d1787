package io.scrubjay.server.binary;

import io.scrubjay.protocol.binary.BinaryDecoded;
import io.scrubjay.protocol.binary.BinaryDecoder;
import io.scrubjay.protocol.binary.BinaryEncoder;
import io.scrubjay.protocol.binary.BinaryRequest;
import io.scrubjay.protocol.binary.BinaryStatus;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.options.CommandOptions;
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

/// Speaks the binary protocol. Source: spec section 4.
///
/// A quiet request is answered only when it fails; a quiet miss of the get family not even then.
/// Nothing waits for a `NOOP`: the replies of a turn leave together when the turn ends.
///
/// Threads: confined to its worker, shared by the worker's connections.
public final class BinaryDialect implements Dialect {
  private final BinaryDecoder decoder = new BinaryDecoder();
  private final BinaryRequest request = new BinaryRequest();
  private final BinaryRetrieval retrieval;
  private final BinaryStorage storage;
  private final BinaryUpdate update;
  private final BinaryAdmin admin;
  private final ServerLog log;
  private final PacketEcho echo;
  private final WrittenReply written;

  /// @param database whose items its commands work on
  public BinaryDialect(
      Worker worker,
      DatabaseSession database,
      StatisticsPages pages,
      ServerLog log,
      CommandOptions allowed) {
    VerbContext context = database.context();
    this.retrieval = new BinaryRetrieval(context, worker.out(), request);
    this.storage = new BinaryStorage(database);
    this.update = new BinaryUpdate(worker, context);
    this.admin = new BinaryAdmin(database, pages, allowed);
    this.log = log;
    this.echo = new PacketEcho(log);
    this.written = new WrittenReply(worker, echo);
  }

  @Override
  public Step serve(Connection connection, MemorySegment input, long from, long to) {
    BinaryDecoded decoded = decoder.decode(input, from, to, request);
    if (!log.echoes()) {
      return serve(connection, decoded, from, to);
    }
    written.begins();
    boolean whole = decoded != BinaryDecoded.NEED_MORE && decoded != BinaryDecoded.CLOSE;
    if (whole && !connection.told()) {
      echo.came(connection.id(), input, from);
      if (decoded == BinaryDecoded.COMPLETE) {
        echo.asks(connection.id(), request);
      }
    }
    Step step = serve(connection, decoded, from, to);
    written.ends(connection.id());
    return step;
  }

  private Step serve(Connection connection, BinaryDecoded decoded, long from, long to) {
    return switch (decoded) {
      case COMPLETE -> {
        connection.consumedTo(request.headEnd);
        yield connection.came(run(connection, to), from);
      }
      case NEED_MORE -> Step.NEED_MORE;
      case REFUSED -> {
        connection.consumedTo(request.headEnd);
        connection.swallow(request.swallowBytes);
        yield refused(connection, request, request.status);
      }
      case REFUSED_CLOSE -> {
        refused(connection, request, request.status);
        yield Step.CLOSE;
      }
      case CLOSE -> Step.CLOSE;
    };
  }

  @Override
  public Step uploaded(Connection connection, Upload upload) {
    if (!log.echoes()) {
      return storage.uploaded(connection, upload);
    }
    written.begins();
    Step step = storage.uploaded(connection, upload);
    written.ends(connection.id());
    return step;
  }

  @Override
  public boolean silenceIsAResponse() {
    return true;
  }

  private Step run(Connection connection, long to) {
    return switch (request.opcode) {
      case GET, GETK, GAT, GATK, TOUCH -> retrieval.serve(connection);
      case SET, ADD, REPLACE, APPEND, PREPEND -> storage.serve(connection, request, to);
      case DELETE -> update.delete(connection, request);
      case INCREMENT, DECREMENT -> update.arithmetic(connection, request);
      case FLUSH -> admin.flush(connection, request);
      case NOOP -> {
        BinaryEncoder.empty(connection.out(), request, 0);
        yield Step.SERVED;
      }
      case VERSION -> admin.version(connection, request);
      case STAT -> admin.stat(connection, request);
      case QUIT -> {
        if (!request.quiet) {
          BinaryEncoder.empty(connection.out(), request, 0);
        }
        connection.closeWhenSent(CloseReason.NORMAL);
        yield Step.SERVED;
      }
      // A server without -S does not know them; a mechanism's answer is dropped like any body.
      case SASL_LIST_MECHS, SASL_AUTH, SASL_STEP, UNKNOWN -> {
        connection.swallow(request.valueBytes);
        yield refused(connection, request, BinaryStatus.UNKNOWN_COMMAND);
      }
    };
  }

  /// An error, told to quiet clients too (spec B-09).
  static Step refused(Connection connection, BinaryRequest request, BinaryStatus status) {
    BinaryEncoder.error(connection.out(), request, status);
    return Step.SERVED;
  }

  /// A success without a value, unless the client wants none.
  static Step succeeded(Connection connection, BinaryRequest request, long cas) {
    if (!request.quiet) {
      BinaryEncoder.empty(connection.out(), request, cas);
    }
    return Step.SERVED;
  }
}
