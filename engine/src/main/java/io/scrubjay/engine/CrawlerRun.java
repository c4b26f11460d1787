package io.scrubjay.engine;

/// What the LRU crawler reports of a queue it has crawled by itself, in the words of a `watch
/// sysevents` line.
///
/// @param slabClass 1 and up
/// @param lowMark items that should be dead at the next run to make it worth while
/// @param nextReclaims items expected to be dead by the next run
/// @param sinceRunSeconds since the run ended
/// @param nextRunSeconds until the next one
/// @param elapsedSeconds that this one took
public record CrawlerRun(
    int slabClass,
    Queue queue,
    long lowMark,
    long nextReclaims,
    long sinceRunSeconds,
    long nextRunSeconds,
    long elapsedSeconds,
    long examined,
    long reclaimed) {

  /// Of a slab class.
  public enum Queue {
    HOT,
    WARM,
    COLD,
    TEMP
  }
}
