package io.scrubjay.engine;

/// What an operator may ask of an engine that keeps items in pages of equal chunks, a slab class
/// for each chunk size (spec 2.6). Threads: any.
public interface SlabControl {
  /// The class number of the pool of pages that no class has.
  int POOL = 0;

  /// Numbers of classes are below this, [#POOL] among them.
  int CLASSES_END = 64;

  /// As a source: whichever class can spare a page, in turn.
  int ANY_CLASS = -1;

  int AUTOMOVE_MAX = 2;
  int WINDOW_MIN_SECONDS = 3;
  int WINDOW_MAX_SECONDS = 1800;

  /// False when this engine was told never to move pages: [#reassign] isn't to be asked then.
  boolean reassigns();

  /// Asks for one page of `source` to be emptied and given to `target`; answers at once, and the
  /// page moves in the background.
  Reassign reassign(int source, int target);

  /// 0: never of its own accord; 1: when ages and free chunks say so; 2: at every eviction too.
  void automove(int mode);

  void automoveRatio(double ratio);

  void automoveFreeRatio(double ratio);

  /// [#WINDOW_MIN_SECONDS] to [#WINDOW_MAX_SECONDS].
  void automoveWindow(int seconds);

  /// Changes the limit of item memory. Below what is in use, free pages go back to the system now
  /// and others as they come free. False when all memory was taken at the start.
  boolean memoryLimit(long bytes);
}
