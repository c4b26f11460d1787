package io.scrubjay.testkit;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Reserve;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// A draft of the [ModelEngine]: an array being filled.
final class ModelDraft implements Draft {
  private final ModelEngine engine;
  private @Nullable ModelItem item;
  private String name = "";
  private int filled;

  ModelDraft(ModelEngine engine) {
    this.engine = engine;
  }

  Reserve reserve(Key key, int clientFlags, int deadline, int valueBytes, @Nullable String kept) {
    if (item != null) {
      throw new AssertionError("a draft in use was reserved again");
    }
    long total = engine.totalBytes(key.length(), clientFlags, valueBytes);
    if (total > engine.options.itemBytesMax()) {
      return Reserve.TOO_LARGE;
    }
    if (!engine.makeRoom(total, kept)) {
      return Reserve.OUT_OF_MEMORY;
    }
    var fresh = new ModelItem();
    fresh.clientFlags = clientFlags;
    fresh.deadline = deadline;
    fresh.totalBytes = (int) total;
    fresh.value = new byte[valueBytes];
    item = fresh;
    name = ModelEngine.name(key);
    filled = 0;
    return Reserve.RESERVED;
  }

  private ModelItem item() {
    if (item == null) {
      throw new AssertionError("the draft isn't in use");
    }
    return item;
  }

  ModelItem handOver(String expectedName) {
    ModelItem complete = item();
    if (missingBytes() != 0 || !name.equals(expectedName)) {
      throw new AssertionError("put of an unfinished draft, or under another key");
    }
    item = null;
    return complete;
  }

  @Override
  public int valueBytes() {
    return item().value.length;
  }

  @Override
  public int deadline() {
    return item().deadline;
  }

  @Override
  public int slabClass() {
    return ModelItem.SLAB_CLASS;
  }

  @Override
  public boolean inUse() {
    return item != null;
  }

  @Override
  public int missingBytes() {
    return item().value.length - filled;
  }

  @Override
  public boolean append(MemorySegment source, long sourceOffset, int bytes) {
    if (bytes < 0 || bytes > missingBytes()) {
      throw new AssertionError(bytes + " bytes appended, " + missingBytes() + " are missing");
    }
    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, sourceOffset, item().value, filled, bytes);
    filled += bytes;
    return true;
  }

  @Override
  public boolean copyValueTo(Draft target) {
    return target.append(item().segment(), 0, item().value.length);
  }

  @Override
  public void marks(int set) {
    item().marks |= set;
  }

  @Override
  public void discard() {
    item();
    item = null;
  }
}
