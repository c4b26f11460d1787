package io.scrubjay.server.command;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Items held on purpose, to see what the page mover makes of them: `debugitem` (spec 2.5), of a
/// server started with `-o debug_commands` and of no other. Whoever wants a locked key waits, as in
/// memcached, until it is unlocked.
///
/// Threads: any, under the monitor, which also confines the session. Limits: one lock and
/// [#PINS_MAX] pins. Ownership: [#close] lets all go; before the engine's end.
public final class ItemHolds implements AutoCloseable {
  static final int PINS_MAX = 1000;

  private record Held(String key, Pin pin) {}

  private final Session session;
  private final Deque<Held> held = new ArrayDeque<>();
  private @Nullable Entry locked;

  public ItemHolds(Engine engine) {
    this.session = engine.openSession(() -> {});
  }

  /// False when a key is locked already. Any key can be, present or not.
  public synchronized boolean lock(Key key) {
    if (locked != null) {
      return false;
    }
    locked = session.open(key);
    return true;
  }

  /// False when nothing is locked.
  public synchronized boolean unlock() {
    if (locked == null) {
      return false;
    }
    locked.close();
    locked = null;
    return true;
  }

  /// Pins the item of `key`; false when there is none, or it can't be pinned, or too many are.
  public synchronized boolean pin(Key key, String name) {
    if (locked != null || held.size() == PINS_MAX) {
      return false;
    }
    Pin pin = session.newPin();
    try (Entry entry = session.open(key)) {
      if (entry.lookup() != Lookup.HIT || !entry.pin(pin)) {
        return false;
      }
    }
    held.push(new Held(name, pin));
    return true;
  }

  /// Releases the last pin of `name`; false when there is none.
  public synchronized boolean unpin(String name) {
    for (Held one : held) {
      if (one.key.equals(name)) {
        held.remove(one);
        one.pin.release();
        return true;
      }
    }
    return false;
  }

  /// Releases the last pin of all; false when there is none.
  public synchronized boolean unpinLast() {
    Held last = held.poll();
    if (last != null) {
      last.pin.release();
    }
    return last != null;
  }

  @Override
  public synchronized void close() {
    unlock();
    while (unpinLast()) {
      // Until there is none.
    }
    session.close();
  }
}
