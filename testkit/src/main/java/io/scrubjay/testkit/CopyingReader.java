package io.scrubjay.testkit;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import java.lang.foreign.MemorySegment;

/// Takes every value to the same place and looks at nothing else. Threads: confined.
public record CopyingReader(MemorySegment target, long offset) implements ItemReader {
  @Override
  public long item(ItemHeader header) {
    return offset;
  }
}
