package io.scrubjay.testkit;

import io.scrubjay.engine.CrawlerRun;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import java.util.HashMap;
import java.util.Map;

/// Remembers what an engine says of evictions, as a watcher would. Threads: any; a monitor.
final class EvictionLog implements EngineEvents {
  /// `watching` may be changed by a test between two calls to the engine.
  volatile boolean watching = true;

  private final Map<String, ItemHeader> evicted = new HashMap<>();
  private int count;

  /// How many were told of.
  synchronized int count() {
    return count;
  }

  /// By key; the last one, if a key was evicted more than once.
  synchronized Map<String, ItemHeader> evicted() {
    return Map.copyOf(evicted);
  }

  @Override
  public boolean watchesEvictions() {
    return watching;
  }

  @Override
  public boolean watchesSystem() {
    return false;
  }

  @Override
  public synchronized void evicted(Key key, ItemHeader item) {
    if (!watching) {
      throw new AssertionError("told although nobody watches");
    }
    count++;
    ItemHeader copy = new ItemHeader();
    copy.deadline = item.deadline;
    copy.lastAccess = item.lastAccess;
    copy.marks = item.marks;
    copy.slabClass = item.slabClass;
    copy.valueBytes = item.valueBytes;
    evicted.put(ModelEngine.name(key), copy);
  }

  @Override
  public void crawled(CrawlerRun run) {
    throw new AssertionError("told although nobody watches");
  }

  @Override
  public void pageMoved(int sourceClass, int targetClass, boolean done) {
    throw new AssertionError("told although nobody watches");
  }
}
