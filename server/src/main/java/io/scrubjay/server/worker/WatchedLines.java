package io.scrubjay.server.worker;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.server.watch.Watcher;

/// What a watching client is sent: a reply whose pieces end for now whenever it has had every line.
/// Threads: the worker's.
final class WatchedLines implements LongReply {
  private final Watcher watcher;

  WatchedLines(Watcher watcher) {
    this.watcher = watcher;
  }

  @Override
  public boolean writeTo(ByteOutput out) {
    int bytes = watcher.take(out.segment(), out.position(), PIECE_BYTES_MAX);
    out.position(out.position() + bytes);
    return bytes > 0;
  }

  @Override
  public void release() {
    watcher.close();
  }
}
