package io.scrubjay.server;

import io.scrubjay.engine.CrawlerRun;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.server.worker.ServerLog;

/// An engine's lines for the operator, put into the log; nobody watches its events. Threads: any.
record OperatorNotices(ServerLog log) implements EngineEvents {
  @Override
  public void notice(String line) {
    log.line(line);
  }

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
}
