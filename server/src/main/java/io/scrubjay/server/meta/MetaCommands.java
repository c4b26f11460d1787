package io.scrubjay.server.meta;

import io.scrubjay.protocol.meta.MetaDecoder;
import io.scrubjay.protocol.meta.MetaEncoder;
import io.scrubjay.protocol.meta.MetaRequest;
import io.scrubjay.protocol.meta.MetaStatus;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;
import io.scrubjay.server.worker.Worker;

/// `mg`, `ms`, `md`, `ma`, `mn` and `me`. Source: spec section 3.
///
/// `mn` needs no flush of its own: the replies of a turn leave together when the turn ends, and
/// those before `MN` leave no later than it does.
///
/// Threads: confined to its worker, shared by the worker's connections.
public final class MetaCommands {
  private final MetaDecoder decoder = new MetaDecoder();
  private final MetaRequest request;
  private final MetaRetrieval retrieval;
  private final MetaDebug debug;
  private final MetaStorage storage;
  private final MetaUpdate update;

  public MetaCommands(Worker worker, DatabaseSession database) {
    VerbContext context = database.context();
    this.request = new MetaRequest(worker.arena().allocate(TextRequest.KEY_BYTES_MAX));
    this.retrieval = new MetaRetrieval(context, worker.out(), request);
    this.debug = new MetaDebug(context, worker.out(), request);
    this.storage = new MetaStorage(database);
    this.update = new MetaUpdate(worker, context);
  }

  /// Serves a line that the text decoder called complete and meta; input reaches to `to`.
  public Step serve(Connection connection, TextRequest line, long to) {
    if (!decoder.decode(line, request)) {
      request.error.writeTo(connection.out());
      connection.swallow(request.swallowBytes);
      return Step.SERVED;
    }
    return switch (request.verb) {
      case MG -> retrieval.serve(connection);
      case MS -> storage.serve(connection, request, line, to);
      case MD -> update.delete(connection, request);
      case MA -> update.arithmetic(connection, request);
      case ME -> debug.serve();
      case MN -> {
        MetaEncoder.status(connection.out(), MetaStatus.MN, request);
        yield Step.SERVED;
      }
      default -> throw new AssertionError(request.verb + " is no meta command");
    };
  }

  /// Whether [#uploaded] is to be told of it.
  public static boolean owns(Upload upload) {
    return upload.verb == TextVerb.MS.ordinal();
  }

  public Step uploaded(Connection connection, Upload upload) {
    return storage.uploaded(connection, upload, upload.meta);
  }
}
