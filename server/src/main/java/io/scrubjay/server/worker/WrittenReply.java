package io.scrubjay.server.worker;

import java.lang.foreign.MemorySegment;

/// The bytes of output that a request has written: for those who tell of replies, so that a server
/// that tells nothing pays one look at its verbosity per request.
///
/// A reply of which a part had to leave to make room is not there any more, nor is what is sent
/// piece by piece: statistics, dumps, large values. Threads: the worker's.
public final class WrittenReply {
  /// Tells of what is at `[from, to)` of `bytes`, a reply to `connection`.
  public interface Teller {
    void replied(int connection, MemorySegment bytes, long from, long to);
  }

  private final Worker worker;
  private final Teller teller;
  private long sendsBefore;
  private long from;

  public WrittenReply(Worker worker, Teller teller) {
    this.worker = worker;
    this.teller = teller;
  }

  public void begins() {
    sendsBefore = worker.sends();
    from = worker.out().position();
  }

  public void ends(int connection) {
    if (worker.sends() == sendsBefore) {
      teller.replied(connection, worker.out().segment(), from, worker.out().position());
    }
  }
}
