package io.scrubjay.engine.slab;

import io.scrubjay.engine.CrawlStart;
import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.engine.CrawlerRun;
import io.scrubjay.engine.DumpStart;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.slab.LruList.Count;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Walks the LRU queues from their tails: crawls on the thread `mc-itemcrawler`, which free what
/// has expired or been flushed, and dumps, whose askers do the walking. Source: spec 7.3.
///
/// Limits: [#BATCH_ITEMS] items at a stretch, then a rest. A queue is locked for one step at a
/// time; an item whose bucket is locked is in use and passed over.
///
/// Threads: any; a monitor, held for a batch at most and never by readers. A queue has one walk at
/// a time, and so this has one crawl or dump.
final class Crawler implements CrawlerControl, AutoCloseable {
  static final int BATCH_ITEMS = 1000;

  /// Automatic crawls stand back for so long after somebody has asked for one in vain.
  static final int STAND_BACK_SECONDS = 60;

  /// What an item can note. Numbers begin anew after that, so an item is missed that just this many
  /// dumps, of other classes or cut short, have not come to since one showed it; 0 is no dump's.
  private static final int DUMPS_MAX = (1 << Short.SIZE) - 1;

  private static final long DUMP_CHECK_NANOS = 1_000_000_000;

  private final ItemStore store;
  private final ItemMemory memory;
  private final LruLists lists;
  private final EngineEvents events;
  private final boolean threads;
  private final QueueCensus[] censuses = new QueueCensus[LruSegment.LISTS];
  private final Deque<LruList> toCrawl = new ArrayDeque<>();

  private boolean enabled;
  private @Nullable PacedThread thread;
  private int sleepMicros;
  private long itemsMax;

  /// Of the crawl under way: what is being walked, null for none.
  private @Nullable LruList walked;

  private boolean automatic;
  private long itemsLeft;
  private long resumeNanos;

  private @Nullable CrawlerDump dump;
  private int lastDump;
  private long starts;
  private int standBackUntil;

  Crawler(ItemStore store, LruSettings settings, EngineEvents events, boolean threads) {
    this.store = store;
    this.memory = store.memory;
    this.lists = store.lists;
    this.events = events;
    this.threads = threads;
    this.sleepMicros = settings.crawlerSleepMicros();
    this.itemsMax = settings.crawlerItemsMax();
    Arrays.setAll(censuses, _ -> new QueueCensus());
  }

  // ---- the operator's

  @Override
  public synchronized boolean enable() {
    if (enabled) {
      return false;
    }
    enabled = true;
    if (threads && thread == null) {
      thread = new PacedThread("mc-itemcrawler", this::turn, events);
      thread.start();
    }
    return true;
  }

  /// The thread stays: a dump under way may have to be abandoned.
  @Override
  public synchronized void disable() {
    enabled = false;
    endCrawl();
  }

  private void endCrawl() {
    if (walked != null) {
      walked.endWalk();
      walked = null;
    }
    toCrawl.clear();
  }

  @Override
  public synchronized boolean enabled() {
    return enabled;
  }

  @Override
  public synchronized void sleepMicros(int micros) {
    sleepMicros = micros;
  }

  @Override
  public synchronized void itemsMax(long items) {
    itemsMax = items;
  }

  @Override
  public synchronized CrawlStart crawl(long classes) {
    CrawlStart start = mayStart(classes);
    if (start == CrawlStart.STARTED) {
      lists.forEach(classes, toCrawl::add);
      begin(false);
    }
    return start;
  }

  @Override
  public synchronized DumpStart dump(long classes, Runnable abandoned) {
    CrawlStart start = mayStart(classes);
    if (start != CrawlStart.STARTED) {
      return new DumpStart.Refused(start);
    }
    lastDump = lastDump == DUMPS_MAX ? 1 : lastDump + 1;
    return begin(new QueueDump(this, store, classes, (short) lastDump, abandoned));
  }

  @Override
  public synchronized DumpStart dumpIndex(Runnable abandoned) {
    CrawlStart start = mayStart(ALL_CLASSES);
    return start == CrawlStart.STARTED
        ? begin(new IndexDump(this, store, abandoned))
        : new DumpStart.Refused(start);
  }

  private CrawlStart mayStart(long classes) {
    if (!enabled) {
      return CrawlStart.DISABLED;
    }
    if (running()) {
      standBackUntil = store.freshness.now() + STAND_BACK_SECONDS;
      return CrawlStart.BUSY;
    }
    return classes == 0 ? CrawlStart.NOTHING : CrawlStart.STARTED;
  }

  private DumpStart begin(CrawlerDump begun) {
    starts++;
    dump = begun;
    wake();
    return new DumpStart.Begun(begun);
  }

  private void begin(boolean automatically) {
    starts++;
    automatic = automatically;
    walkNext();
    wake();
  }

  private void wake() {
    if (thread != null) {
      thread.wake();
    }
  }

  /// From the dump's own thread.
  synchronized void dumpEnded() {
    dump = null;
  }

  // ---- the maintainer's

  /// Tells of automatic crawls that are over, and crawls the queues for which it is time, empty
  /// ones as well, if nobody else crawls.
  synchronized void crawlDue() {
    int now = store.freshness.now();
    if (!enabled) {
      return;
    }
    lists.forEach(list -> tell(list.id(), now));
    if (running() || now < standBackUntil) {
      return;
    }
    lists.forEach(
        list -> {
          if (censuses[list.id()].due(now)) {
            toCrawl.add(list);
          }
        });
    if (!toCrawl.isEmpty()) {
      begin(true);
    }
  }

  private void tell(int list, int now) {
    if (!censuses[list].over()) {
      return;
    }
    QueueCensus.Outlook told = censuses[list].outlook(now);
    if (events.watchesSystem()) {
      events.crawled(
          new CrawlerRun(
              list & LruSegment.CLASS_MASK,
              LruSegment.queue(list),
              told.lowMark(),
              told.nextReclaims(),
              told.sinceRunSeconds(),
              told.nextRunSeconds(),
              told.elapsedSeconds(),
              told.examined(),
              told.reclaimed()));
    }
  }

  // ---- crawling

  /// The thread's: one batch, if it is time. Returns the nanoseconds until the next.
  long turn(long nowNanos) {
    CrawlerDump idle;
    synchronized (this) {
      if (walked != null) {
        if (nowNanos - resumeNanos >= 0) {
          crawlBatch();
          resumeNanos = nowNanos + sleepMicros * 1000L;
        }
        return walked == null ? Long.MAX_VALUE : Math.max(0, resumeNanos - nowNanos);
      }
      idle = dump;
      if (idle == null) {
        return Long.MAX_VALUE;
      }
      if (!idle.idleFor(DUMP_IDLE_SECONDS_MAX)) {
        return DUMP_CHECK_NANOS;
      }
    }
    idle.abandon();
    return DUMP_CHECK_NANOS;
  }

  /// A crawl that something goes wrong in ends: it would only meet the same again.
  private void crawlBatch() {
    boolean wellDone = false;
    try {
      for (int left = BATCH_ITEMS; left > 0 && walked != null; left--) {
        if (itemsLeft == 0 || !crawlOne(walked)) {
          walked.endWalk();
          runEnds(walked);
          walkNext();
        } else {
          itemsLeft--;
        }
      }
      wellDone = true;
    } finally {
      if (!wellDone) {
        endCrawl();
      }
    }
  }

  /// Empty queues are done at once: nobody who wants a crawl or a dump meanwhile is to be put off.
  private void walkNext() {
    LruList next = toCrawl.poll();
    while (next != null && next.items() == 0) {
      runBegins(next);
      runEnds(next);
      next = toCrawl.poll();
    }
    walked = next;
    if (next != null) {
      itemsLeft = itemsMax == 0 ? Long.MAX_VALUE : itemsMax;
      next.beginWalk();
      runBegins(next);
    }
  }

  private void runBegins(LruList list) {
    if (automatic) {
      censuses[list.id()].begin(store.freshness.now());
    }
  }

  private void runEnds(LruList list) {
    if (automatic) {
      censuses[list.id()].end(store.freshness.now());
    }
  }

  /// False when there was no item left to look at.
  private boolean crawlOne(LruList list) {
    long item;
    long bucket;
    synchronized (list) {
      item = list.walkedTo();
      if (item == 0) {
        return false;
      }
      bucket = store.index.tryLock(memory.hash(item));
      list.walkOn();
    }
    if (bucket == HashIndex.NONE) {
      return true;
    }
    try {
      check(list, item, bucket);
    } finally {
      store.index.unlock(bucket);
    }
    return true;
  }

  private void check(LruList list, long item, long bucket) {
    list.count(Count.CRAWLER_CHECKED);
    if (store.judge(item) == Lookup.HIT) {
      if (automatic) {
        censuses[list.id()].foundAlive(memory.deadline(item), store.freshness.now());
      }
      return;
    }
    list.count(Count.CRAWLER_RECLAIMED);
    if ((memory.state(item) & ItemHeader.FETCHED) == 0) {
      list.count(Count.EXPIRED_UNFETCHED);
    }
    if (automatic) {
      censuses[list.id()].foundDead();
    }
    store.unlink(bucket, item);
  }

  // ---- figures

  synchronized boolean running() {
    return walked != null || dump != null;
  }

  synchronized long starts() {
    return starts;
  }

  synchronized int sleepMicros() {
    return sleepMicros;
  }

  synchronized long itemsMax() {
    return itemsMax;
  }

  synchronized void resetCounts() {
    starts = 0;
  }

  @Override
  public void close() {
    PacedThread ended;
    synchronized (this) {
      disable();
      ended = thread;
    }
    if (ended != null) {
      ended.close();
    }
  }
}
