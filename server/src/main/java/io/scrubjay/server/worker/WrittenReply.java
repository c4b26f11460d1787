package io.scrubjay.server.worker;

import java.lang.foreign.MemorySegment;

/// The bytes of output that a request has written: for those who tell of replies, so that a server
/// that tells nothing pays one look at its verbosity per request.
///
/// A reply of which a part had to leave to make room is not there any more, nor is what is sent
/// piece by piece: statistics, dumps, large values. Threads: the worker's.
public final class WrittenReply {
  private final Worker worker;
  private long sendsBefore;
  private long from;

  public WrittenReply(Worker worker) {
    this.worker = worker;
  }

  public void begins() {
    sendsBefore = worker.sends();
    from = worker.out().position();
  }

  public boolean isWhole() {
    return worker.sends() == sendsBefore;
  }

  public MemorySegment bytes() {
    return worker.out().segment();
  }

  public long from() {
    return from;
  }

  public long to() {
    return worker.out().position();
  }
}
