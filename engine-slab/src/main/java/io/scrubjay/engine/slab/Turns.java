package io.scrubjay.engine.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Which sessions are in the middle of a loop turn, and since when: quiescent-state reclamation.
/// Whoever wants to give memory another shape waits here until nobody can still be looking at the
/// old one; a session between two turns looks at nothing.
///
/// Threads: [#register] and [Turn] each session's own; [#awaitAll] one thread, the page mover.
final class Turns {
  private static final long POLL_NANOS = 50_000;

  private final List<Turn> turns = new CopyOnWriteArrayList<>();
  private volatile long epoch = 1;

  /// One session's turns..
  static final class Turn {
    private static final VarHandle SINCE;
    private static final long NONE = 0;

    static {
      try {
        SINCE = MethodHandles.lookup().findVarHandle(Turn.class, "since", long.class);
      } catch (ReflectiveOperationException impossible) {
        throw new ExceptionInInitializerError(impossible);
      }
    }

    private final Turns all;

    @SuppressWarnings("UnusedVariable") // read and written through SINCE
    private long since;

    private Turn(Turns all) {
      this.all = all;
    }

    /// Volatile, so that no read of the turn is done before the turn is seen to have begun. Once a
    /// turn, not once a request.
    void begins() {
      SINCE.setVolatile(this, all.epoch);
    }

    /// Release: all that the turn read and wrote has been done.
    void ends() {
      SINCE.setRelease(this, NONE);
    }

    private boolean mayHaveBegunBefore(long epoch) {
      long seen = (long) SINCE.getVolatile(this);
      return seen != NONE && seen < epoch;
    }
  }

  Turn register() {
    Turn turn = new Turn(this);
    turns.add(turn);
    return turn;
  }

  void retire(Turn turn) {
    turn.ends();
    turns.remove(turn);
  }

  /// Returns true when every turn that was under way at the call has ended; false as soon as
  /// `stopped` says so.
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread waits
  boolean awaitAll(BooleanSupplier stopped) {
    long now = ++epoch;
    for (Turn turn : turns) {
      while (turn.mayHaveBegunBefore(now)) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        LockSupport.parkNanos(this, POLL_NANOS);
      }
    }
    return true;
  }
}
