package io.scrubjay.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// Gives memory back once a crowd of connections has gone: has the heap collected.
///
/// A connection that stays has about 190 bytes of objects in the old part of the heap. Dead, they
/// lie there until that part is full, which it never is, since serving allocates nothing. A
/// collection stops every thread for 10 ms or so, hence [#CROWD]. Those who come and go within a
/// second are mostly not seen, and needn't be: their objects die in the young part.
///
/// Threads: one.
final class DepartedCrowd {
  /// 3 MiB of objects. This many connections take ten times longer to come and go than the
  /// collection takes.
  static final int CROWD = 16_384;

  private final IntSupplier connections;
  private final Runnable collect;
  private int most;
  private int before;

  DepartedCrowd(IntSupplier connections, Runnable collect) {
    this.connections = connections;
    this.collect = collect;
  }

  /// Never returns.
  void watch() throws InterruptedException {
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      look();
    }
  }

  /// Collects when [#CROWD] fewer are open than were at most since the last collection, and nobody
  /// more has gone since the last look: what a collection finds alive it doesn't take.
  void look() {
    int open = connections.getAsInt();
    most = Math.max(most, open);
    if (most - open >= CROWD && open >= before) {
      most = open;
      collect.run();
    }
    before = open;
  }
}
