package io.scrubjay.engine;

/// Where an engine tells what it does of itself, for whoever watches. Each kind of event has a
/// guard that costs a plain read: an engine asks it first, and makes up an event only if the answer
/// is yes.
///
/// Threads: any, the engine's own too. Errors: none; an event that nobody has room for is dropped
/// and counted by the receiver. Nothing here blocks or calls the engine. Source: spec 2.7.
public interface EngineEvents {
  /// Nobody watches.
  EngineEvents NONE =
      new EngineEvents() {
        @Override
        public boolean watchesEvictions() {
          return false;
        }

        @Override
        public boolean watchesSystem() {
          return false;
        }

        @Override
        public void evicted(Key key, ItemHeader item) {}

        @Override
        public void crawled(CrawlerRun run) {}

        @Override
        public void pageMoved(int sourceClass, int targetClass, boolean done) {}
      };

  /// A line for the operator, such as why a restart begins with an empty cache.
  default void notice(String line) {}

  /// Guards a [#notice] that tells of nothing wrong (`-vv`).
  default boolean verbose() {
    return false;
  }

  /// Guards [#evicted].
  boolean watchesEvictions();

  /// Guards [#crawled] and [#pageMoved].
  boolean watchesSystem();

  /// A live item was thrown out for want of memory. `key` and `item` are lent for the call; of the
  /// header, `marks`, `deadline`, `lastAccess`, `slabClass` and `valueBytes` count.
  void evicted(Key key, ItemHeader item);

  /// The LRU crawler is through with one queue.
  void crawled(CrawlerRun run);

  /// The page mover is through with one page; `done` false: it could not be emptied. Class 0 is the
  /// pool of free pages.
  void pageMoved(int sourceClass, int targetClass, boolean done);
}
