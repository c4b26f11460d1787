package io.scrubjay.testkit;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Pin;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An entry of the [ModelEngine]: holds the engine's one lock.
final class ModelEntry implements Entry {
  private final ModelEngine engine;
  private final ItemHeader header = new ItemHeader();
  private final String name;
  private @Nullable ModelItem item;
  private Lookup lookup;
  private boolean open;

  ModelEntry(ModelEngine engine, String name, boolean pending) {
    this.engine = engine;
    this.name = name;
    if (pending) {
      lookup = Lookup.PENDING;
      return;
    }
    engine.lock.lock();
    open = true;
    item = engine.find(name);
    lookup = engine.judge(item);
    if (lookup != Lookup.HIT) {
      engine.remove(name);
      item = null;
    }
    refresh();
  }

  String name() {
    return name;
  }

  boolean isOpen() {
    return open;
  }

  private void refresh() {
    if (item != null) {
      item.fill(header);
    }
  }

  private ModelItem present() {
    if (!open || item == null) {
      throw new AssertionError("no item is present");
    }
    return item;
  }

  @Override
  public Lookup lookup() {
    return lookup;
  }

  @Override
  public ItemHeader item() {
    present();
    return header;
  }

  @Override
  public void copyValue(int valueOffset, MemorySegment target, long targetOffset, int bytes) {
    MemorySegment.copy(present().segment(), valueOffset, target, targetOffset, bytes);
  }

  @Override
  public boolean copyValueTo(Draft draft) {
    return draft.append(present().segment(), 0, present().value.length);
  }

  @Override
  public boolean overwrite(MemorySegment source, long sourceOffset, int bytes, long cas) {
    ModelItem present = present();
    if (bytes != present.value.length) {
      throw new AssertionError(bytes + " bytes over a value of " + present.value.length);
    }
    if (present.pins != 0) {
      return false;
    }
    MemorySegment.copy(source, sourceOffset, present.segment(), 0, bytes);
    cas(cas);
    return true;
  }

  @Override
  public long put(Draft draft, long cas) {
    if (!open) {
      throw new AssertionError("the entry is closed");
    }
    ModelItem fresh = ((ModelDraft) draft).handOver(name);
    fresh.cas = engine.nextCas(cas);
    engine.put(name, fresh);
    item = fresh;
    lookup = Lookup.HIT;
    refresh();
    return fresh.cas;
  }

  @Override
  public void remove() {
    present();
    engine.remove(name);
    item = null;
    lookup = Lookup.MISS;
  }

  @Override
  public void deadline(int deadline) {
    present().deadline = deadline;
    refresh();
  }

  @Override
  public void bump() {
    present().bump(engine.clock.now());
    refresh();
  }

  @Override
  public void renew() {
    present().lastAccess = engine.clock.now();
    refresh();
  }

  @Override
  public void marks(int set, int clear) {
    ModelItem present = present();
    present.marks = (present.marks & ~clear) | set;
    refresh();
  }

  @Override
  public void cas(long cas) {
    present().cas = engine.nextCas(cas);
    refresh();
  }

  @Override
  public boolean pin(Pin pin) {
    return ((ModelPin) pin).hold(present());
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      engine.lock.unlock();
    }
  }
}
