package io.scrubjay.engine.slab;

import io.scrubjay.engine.CrawlerRun;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps notices, page moves and crawls. While `failing` it breaks down over evictions, while
/// `deaf` over notices: that stands for whatever may go wrong in the middle of the engine's work.
/// Threads: any.
final class EventRecorder implements EngineEvents {
  final List<String> notices = new CopyOnWriteArrayList<>();
  final List<String> moves = new CopyOnWriteArrayList<>();
  final List<CrawlerRun> crawls = new CopyOnWriteArrayList<>();
  volatile boolean failing;
  volatile boolean deaf;

  @Override
  public void notice(String line) {
    if (deaf) {
      throw new OutOfMemoryError("no room for " + line);
    }
    notices.add(line);
  }

  @Override
  public boolean watchesEvictions() {
    return true;
  }

  @Override
  public boolean watchesSystem() {
    return true;
  }

  @Override
  public void evicted(Key key, ItemHeader item) {
    if (failing) {
      throw new AssertionError("broken down");
    }
  }

  @Override
  public void crawled(CrawlerRun run) {
    crawls.add(run);
  }

  @Override
  public void pageMoved(int sourceClass, int targetClass, boolean done) {
    moves.add(sourceClass + ">" + targetClass + (done ? " ok" : " fail"));
  }
}
