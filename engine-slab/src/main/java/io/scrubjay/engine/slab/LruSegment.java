package io.scrubjay.engine.slab;

import io.scrubjay.engine.CrawlerRun;

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

  /// Of a list.
  static CrawlerRun.Queue queue(int list) {
    return switch (list & SEGMENT_MASK) {
      case HOT -> CrawlerRun.Queue.HOT;
      case WARM -> CrawlerRun.Queue.WARM;
      case COLD -> CrawlerRun.Queue.COLD;
      default -> CrawlerRun.Queue.TEMP;
    };
  }
}
