package io.scrubjay.engine.slab;

/// The four queues of a class, under the numbers that are or-ed to a class number to name a list.
/// Source: spec 7.2.
final class LruSegment {
  static final int HOT = 0x00;
  static final int WARM = 0x40;
  static final int COLD = 0x80;
  static final int TEMP = 0xC0;
  static final int CLASS_MASK = 0x3F;
  static final int SEGMENT_MASK = 0xC0;
  static final int LISTS = 0x100;

  private LruSegment() {}
}
