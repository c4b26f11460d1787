package io.scrubjay.engine;

import java.lang.foreign.MemorySegment;

/// Receives the item that [Session#read] found. The engine calls [#item] with a consistent header;
/// the reader answers where the value shall be copied; the engine copies. Since reads take no lock,
/// another thread may change the item meanwhile: then the engine calls [#item] again from the
/// start, and only the last call counts. A reader therefore writes at positions it can return to.
public interface ItemReader {
  /// "No value, please": the header was all that was wanted, or the value doesn't fit.
  long DECLINED = -1;

  /// The offset in [#target] for `header.valueBytes` bytes of value, or [#DECLINED]. Must not call
  /// the engine. `header` is valid inside the call only.
  long item(ItemHeader header);

  /// Where the value goes; asked after [#item] answered with an offset.
  MemorySegment target();
}
