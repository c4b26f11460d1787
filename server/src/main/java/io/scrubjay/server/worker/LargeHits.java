package io.scrubjay.server.worker;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Session;
import io.scrubjay.server.command.HitReply;
import io.scrubjay.server.command.Retrieve;

/// Answers a hit for which the turn's output had no room: makes room for a value that fits the
/// connection's share of it, pins a larger one to be sent as the socket takes it.
///
/// Threads: the worker's. Allocates a pin per value of more than [#COPIED_BYTES_MAX] bytes.
public final class LargeHits {
  /// Replies up to this are copied into the turn's output, larger ones pinned.
  static final int COPIED_BYTES_MAX = 60 << 10;

  private final Retrieve retrieve;
  private final Session session;

  public LargeHits(Retrieve retrieve, Session session) {
    this.retrieve = retrieve;
    this.session = session;
  }

  /// Repeats a fetch that ended in [Retrieve.Outcome#NO_ROOM]; `NO_ROOM` now means that the socket
  /// is stuck: return [Step#OUTPUT_FULL]. After `FOUND` the value may still be on its way as the
  /// connection's long reply.
  public Retrieve.Outcome fetch(
      Connection connection, Key key, Retrieve.Terms terms, HitReply reply) {
    while (true) {
      boolean pinned = reply.neededBytes() > COPIED_BYTES_MAX;
      if (!connection.ensure(pinned ? reply.headerBytesMax() : reply.neededBytes())) {
        return Retrieve.Outcome.NO_ROOM;
      }
      reply.again(connection.outputRoom());
      if (pinned) {
        return pinned(connection, key, terms, reply);
      }
      Retrieve.Outcome outcome = retrieve.fetch(key, terms, reply);
      if (outcome != Retrieve.Outcome.NO_ROOM) {
        return outcome;
      }
    }
  }

  private Retrieve.Outcome pinned(
      Connection connection, Key key, Retrieve.Terms terms, HitReply reply) {
    Pin pin = session.newPin();
    Retrieve.Outcome outcome = retrieve.fetchPinned(key, terms, reply, pin);
    if (pin.inUse()) {
      connection.longReply(new LongReply.OfPin(pin), reply.endsLine());
    }
    return outcome;
  }
}
