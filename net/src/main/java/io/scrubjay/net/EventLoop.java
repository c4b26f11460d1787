package io.scrubjay.net;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/// One thread's loop: wait until something is ready or handed over; then a turn of tasks from other
/// threads, the handlers of the ready sockets, and what is left to the end; again until [#stop].
///
/// Threads: [#run] is the loop's thread, once; [#execute] and [#stop] may be called from any.
/// Limits: tasks run per turn are bounded by [#TASKS_PER_TURN_MAX], sockets by [Poller#READY_MAX],
/// tasks waiting by [#TASKS_WAITING_MAX]. Errors: a handler, task or turn hook that throws is ours,
/// not the environment's: it goes to `onError`, and the loop goes on. A poller that fails goes
/// there too, and ends the loop, since it would fail for ever. Ownership: closes its poller when it
/// ends; sockets are their watchers' to close.
public final class EventLoop implements Runnable {
  public static final int TASKS_PER_TURN_MAX = 1024;

  /// A task more is refused: whoever hands over faster than the loop takes must slow down.
  public static final int TASKS_WAITING_MAX = 1 << 16;

  private final Poller poller;
  private final Turn turn;

  /// Bound once: bound in each turn it is an object per turn until the compiler has seen through
  /// it.
  private final Runnable turnBegins;

  private final Thread.UncaughtExceptionHandler onError;
  private final TaskQueue tasks = new TaskQueue(TASKS_WAITING_MAX);

  /// Set before the queue is looked at for the last time ahead of a wait, so whoever hands over
  /// either is seen or sees this. A loop that is awake needs no system call to hear of a task.
  private final AtomicBoolean asleep = new AtomicBoolean();

  private volatile boolean stopping;

  public EventLoop(Poller poller, Turn turn, Thread.UncaughtExceptionHandler onError) {
    this.poller = poller;
    this.turn = turn;
    this.turnBegins = turn::begins;
    this.onError = onError;
  }

  /// The loop's thread's, but for [Poller#wakeup].
  public Poller poller() {
    return poller;
  }

  /// Hands `task` to the loop's thread and wakes it; tasks run in the order they were handed over.
  /// False, and not run, once the loop has stopped or when [#TASKS_WAITING_MAX] wait already. Tasks
  /// handed over before [#run] wait for it.
  public boolean execute(Runnable task) {
    boolean added = tasks.add(task);
    if (added && asleep.get()) {
      poller.wakeup();
    }
    return added;
  }

  @Override
  public void run() {
    try {
      boolean workLeft = false;
      while (!stopping) {
        await(workLeft);
        workLeft = turn();
      }
    } catch (IOException broken) {
      report(broken);
    } finally {
      runRemainingTasks();
      poller.close();
    }
  }

  private void await(boolean workLeft) throws IOException {
    if (workLeft) {
      poller.await(0);
      return;
    }
    asleep.set(true);
    poller.await(tasks.isEmpty() ? -1 : 0);
    // Seen late, it costs a wakeup nobody needs and nothing else.
    asleep.setRelease(false);
  }

  /// The loop ends after the present turn; tasks still queued are run first.
  public void stop() {
    stopping = true;
    poller.wakeup();
  }

  private boolean turn() {
    guarded(turnBegins);
    runTasks();
    try {
      poller.dispatch();
    } catch (Throwable thrown) {
      report(thrown);
    }
    try {
      return turn.ends();
    } catch (Throwable thrown) {
      report(thrown);
      return false;
    }
  }

  private void runTasks() {
    for (int ran = 0; ran < TASKS_PER_TURN_MAX; ran++) {
      Runnable task = tasks.take();
      if (task == null) {
        return;
      }
      guarded(task);
    }
  }

  /// What these tasks hand over in their turn is run too, until there is nothing more.
  private void runRemainingTasks() {
    while (!tasks.closeIfEmpty()) {
      guarded(turnBegins);
      runTasks();
      guarded(turn::ends);
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (Throwable thrown) {
      report(thrown);
    }
  }

  /// A failure of the failure handler must not end the loop either.
  private void report(Throwable thrown) {
    try {
      onError.uncaughtException(Thread.currentThread(), thrown);
    } catch (Throwable ignored) {
      // Nobody is left to tell.
    }
  }
}
