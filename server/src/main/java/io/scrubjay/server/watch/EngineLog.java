package io.scrubjay.server.watch;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.CrawlerRun;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Writes what the engine tells of. Threads: any of the engine's; a monitor, held for one line, and
/// only while somebody watches.
final class EngineLog implements EngineEvents {
  private final WatchLog log;
  private final CacheClock clock;
  private final Consumer<String> notices;
  private final BooleanSupplier verbose;

  EngineLog(WatchLog log, CacheClock clock, Consumer<String> notices, BooleanSupplier verbose) {
    this.log = log;
    this.clock = clock;
    this.notices = notices;
    this.verbose = verbose;
  }

  @Override
  public void notice(String line) {
    notices.accept(line);
  }

  @Override
  public boolean verbose() {
    return verbose.getAsBoolean();
  }

  @Override
  public boolean watchesEvictions() {
    return log.wants(WatchStream.EVICTIONS);
  }

  @Override
  public boolean watchesSystem() {
    return log.wants(WatchStream.SYSEVENTS);
  }

  @Override
  public synchronized void evicted(Key key, ItemHeader item) {
    if (log.isFull(WatchStream.EVICTIONS)) {
      log.passOver(WatchStream.EVICTIONS);
      return;
    }
    int now = clock.now();
    log.begin("eviction").key(key);
    log.text(" fetch=").text(item.has(ItemHeader.FETCHED) ? "yes" : "no");
    log.number(" ttl=", item.deadline == 0 ? -1 : item.deadline - now);
    log.number(" la=", now - item.lastAccess).number(" clsid=", item.slabClass);
    log.number(" size=", item.valueBytes);
    log.end(WatchStream.EVICTIONS);
  }

  @Override
  public synchronized void crawled(CrawlerRun run) {
    log.begin("lru_crawler").number(" crawler=", run.slabClass());
    log.text(" lru=").text(run.queue().name().toLowerCase(Locale.ROOT));
    log.number(" low_mark=", run.lowMark()).number(" next_reclaims=", run.nextReclaims());
    log.number(" since_run=", run.sinceRunSeconds()).number(" next_run=", run.nextRunSeconds());
    log.number(" elapsed=", run.elapsedSeconds()).number(" examined=", run.examined());
    log.number(" reclaimed=", run.reclaimed());
    log.end(WatchStream.SYSEVENTS);
  }

  @Override
  public synchronized void pageMoved(int sourceClass, int targetClass, boolean done) {
    log.begin("slab_move").number(" src=", sourceClass).number(" dst=", targetClass);
    log.text(" state=").text(done ? "ok" : "fail");
    log.end(WatchStream.SYSEVENTS);
  }
}
