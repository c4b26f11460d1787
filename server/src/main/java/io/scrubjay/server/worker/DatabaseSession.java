package io.scrubjay.server.worker;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.Session;
import io.scrubjay.server.command.VerbContext;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/// A worker's way into one of the engine's databases: its session, what the verbs of its dialects
/// work with, and values on their way in.
///
/// Threads: confined to its worker. Owner: the worker, which ends the session's turns.
public final class DatabaseSession {
  private final Engine engine;
  private final Session session;
  private final VerbContext context;
  private final Arena arena;
  private final ArrayDeque<Upload> spareUploads = new ArrayDeque<>();

  DatabaseSession(Engine engine, Session session, VerbContext context, Arena arena) {
    this.engine = engine;
    this.session = session;
    this.context = context;
    this.arena = arena;
  }

  /// The engine, showing this database.
  public Engine engine() {
    return engine;
  }

  public VerbContext context() {
    return context;
  }

  /// An upload whose draft is not in use; to be given back when it has ended.
  public Upload upload() {
    Upload spare = spareUploads.poll();
    return spare == null ? new Upload(this, session, arena) : spare;
  }

  /// All are kept: their memory is the worker's arena's, and there are no more than connections.
  void keep(Upload ended) {
    spareUploads.push(ended);
  }
}
