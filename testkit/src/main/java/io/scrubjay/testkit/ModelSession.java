package io.scrubjay.testkit;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import io.scrubjay.engine.Tally;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A session of the [ModelEngine].
final class ModelSession implements Session {
  private final ModelEngine engine;
  private final Runnable waiter;
  private final ItemHeader header = new ItemHeader();
  private @Nullable ModelEntry entry;

  ModelSession(ModelEngine engine, Runnable waiter) {
    this.engine = engine;
    this.waiter = waiter;
  }

  @Override
  public void turnBegins() {}

  @Override
  public void turnEnds() {}

  @Override
  public Lookup read(Key key, boolean bump, ItemReader reader) {
    engine.lock.lock();
    try {
      if (engine.answersPending(waiter)) {
        return Lookup.PENDING;
      }
      String name = ModelEngine.name(key);
      ModelItem item = engine.find(name);
      Lookup lookup = engine.judge(item);
      if (item == null || lookup != Lookup.HIT) {
        if (entry == null || !entry.isOpen()) {
          engine.remove(name);
        }
        return lookup;
      }
      item.fill(header);
      long at = reader.item(header);
      if (at != ItemReader.DECLINED) {
        MemorySegment.copy(item.segment(), 0, reader.target(), at, item.value.length);
      }
      if (bump) {
        item.bump(engine.clock.now());
      }
      return lookup;
    } finally {
      engine.lock.unlock();
    }
  }

  @Override
  public Entry open(Key key) {
    if (entry != null && entry.isOpen()) {
      throw new AssertionError("a second entry was opened in one session");
    }
    boolean pending = engine.answersPending(waiter);
    entry = new ModelEntry(engine, ModelEngine.name(key), pending);
    return entry;
  }

  @Override
  public Reserve reserve(Draft draft, Key key, int clientFlags, int deadline, int valueBytes) {
    engine.lock.lock();
    try {
      String kept = entry != null && entry.isOpen() ? entry.name() : null;
      return ((ModelDraft) draft).reserve(key, clientFlags, deadline, valueBytes, kept);
    } finally {
      engine.lock.unlock();
    }
  }

  @Override
  public void tally(Tally event) {}

  @Override
  public Draft newDraft() {
    return new ModelDraft(engine);
  }

  @Override
  public Pin newPin() {
    return new ModelPin(engine);
  }

  @Override
  public void close() {
    if (entry != null) {
      entry.close();
    }
  }
}
