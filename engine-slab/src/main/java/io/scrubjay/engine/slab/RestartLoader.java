package io.scrubjay.engine.slab;

import static io.scrubjay.engine.slab.ItemLayout.FREE;
import static io.scrubjay.engine.slab.ItemLayout.IN_PIECES;
import static io.scrubjay.engine.slab.ItemLayout.LINKED;
import static io.scrubjay.engine.slab.ItemLayout.PIECE;
import static io.scrubjay.engine.slab.ItemLayout.PINS_MASK;
import static io.scrubjay.engine.slab.ItemLayout.TIME_MASK;
import static io.scrubjay.engine.slab.ItemLayout.TIME_SHIFT;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts what lies in a memory file into an empty store. First everything is looked at and nothing
/// changed: every page's checksum, every list, every item and piece. Only then are pages and items
/// taken over; what no list leads to becomes a free chunk.
///
/// Items keep their CAS ids, and their deadlines in the time of day; their last access can't lie
/// before this server's first second. Threads: the one that opens the engine.
final class RestartLoader {
  private record ListEnd(int id, long tail, long items) {}

  private final MemoryFile file;
  private final ItemStore store;
  private final ItemMemory memory;
  private final SlabGeometry geometry;
  private final HashAlgorithm hashing;
  private final RestartMeta meta;
  private final Map<Long, Integer> classOfPage = new LinkedHashMap<>();
  private final List<ListEnd> lists = new ArrayList<>();
  private final Key key = new Key();
  private final long shiftSeconds;
  private long lastCas;
  private long oldest;
  private long stopped;

  RestartLoader(
      MemoryFile file, ItemStore store, HashAlgorithm hashing, CacheClock clock, RestartMeta meta)
      throws RestartRefused {
    this.file = file;
    this.store = store;
    this.memory = store.memory;
    this.geometry = store.geometry;
    this.hashing = hashing;
    this.meta = meta;
    this.shiftSeconds = meta.number("process_started") - clock.processStarted();
  }

  /// Looks at everything and changes nothing.
  void check() throws RestartRefused {
    readPages();
    readLists();
    checkItems();
    lastCas = meta.number("current_cas");
    oldest = meta.number("oldest_live");
    stopped = meta.number("current_time");
  }

  /// Behind [#check]; from here on the file is no more what the metadata says.
  void takeOver() {
    store.pool.takeOut(classOfPage.keySet());
    lists.forEach(this::link);
    classOfPage.forEach(this::takePage);
    store.resumeCas(lastCas);
    if (oldest >= stopped) {
      int instant = Math.clamp(oldest + shiftSeconds, 1, Integer.MAX_VALUE);
      boolean _ = store.freshness.invalidate(instant);
    }
  }

  private static RestartRefused damaged(String what, long where) {
    return new RestartRefused("[restart] " + what + " at " + where + " is damaged");
  }

  private static long[] numbers(String line, int howMany, int lastRadix) throws RestartRefused {
    String[] words = line.split(" ", -1);
    if (words.length != howMany) {
      throw new RestartRefused("[restart] corrupt metadata file");
    }
    long[] numbers = new long[howMany];
    for (int i = 0; i < howMany; i++) {
      numbers[i] = RestartMeta.number(words[i], i == howMany - 1 ? lastRadix : 10);
    }
    return numbers;
  }

  private void readPages() throws RestartRefused {
    long end = memory.segment().byteSize() - PagePool.PAGE_BYTES;
    for (String line : meta.all("page")) {
      long[] said = numbers(line, 3, 16);
      int slabClass = (int) said[0];
      long page = said[1];
      if (said[0] < 1
          || said[0] > geometry.largest()
          || page <= 0
          || page >= end
          || page % PagePool.PAGE_BYTES != 0
          || classOfPage.put(page, slabClass) != null
          || file.checksum(page) != said[2]) {
        throw damaged("page", page);
      }
    }
  }

  private void readLists() throws RestartRefused {
    Set<Long> named = new HashSet<>();
    for (String line : meta.all("list")) {
      long[] said = numbers(line, 3, 10);
      long slabClass = said[0] & LruSegment.CLASS_MASK;
      if (said[0] < 0
          || said[0] >= LruSegment.LISTS
          || slabClass < 1
          || slabClass > geometry.largest()
          || !named.add(said[0])
          || said[2] < 1) {
        throw damaged("list", said[0]);
      }
      lists.add(new ListEnd((int) said[0], said[1], said[2]));
    }
  }

  // ---- looking

  private void checkItems() throws RestartRefused {
    long listed = 0;
    for (ListEnd list : lists) {
      checkList(list);
      listed += list.items;
    }
    long linked = 0;
    for (var page : classOfPage.entrySet()) {
      int chunkBytes = geometry.chunkBytes(page.getValue());
      for (int i = 0; i < PagePool.PAGE_BYTES / chunkBytes; i++) {
        linked += hasState(page.getKey() + (long) i * chunkBytes, LINKED, FREE) ? 1 : 0;
      }
    }
    if (linked != listed) {
      throw new RestartRefused("[restart] " + linked + " items, " + listed + " on lists");
    }
  }

  private void checkList(ListEnd list) throws RestartRefused {
    long next = 0;
    long item = list.tail;
    for (long left = list.items; left > 0; left--) {
      checkItem(item, list.id);
      if (memory.next(item) != next) {
        throw damaged("item", item);
      }
      next = item;
      item = memory.previous(item);
    }
    if (item != 0) {
      throw damaged("list", list.id);
    }
  }

  private void checkItem(long item, int listId) throws RestartRefused {
    if (!isChunk(item) || !hasState(item, LINKED, FREE | PIECE) || memory.list(item) != listId) {
      throw damaged("item", item);
    }
    boolean inPieces = hasState(item, IN_PIECES, 0);
    int keyBytes = memory.keyBytes(item);
    int valueBytes = memory.valueBytes(item);
    long bytes = memory.valueOffset(item) - item + (inPieces ? Long.BYTES : valueBytes);
    if (keyBytes < 1
        || keyBytes > Key.BYTES_MAX
        || valueBytes < 0
        || bytes > geometry.chunkBytes(memory.chunkClass(item))) {
      throw damaged("item", item);
    }
    if (inPieces) {
      checkPieces(item, valueBytes);
    }
  }

  private void checkPieces(long item, int valueBytes) throws RestartRefused {
    long missing = valueBytes;
    for (long piece = memory.firstPiece(item); missing > 0; piece = memory.next(piece)) {
      int bytes = isChunk(piece) && hasState(piece, PIECE, FREE) ? memory.valueBytes(piece) : 0;
      boolean fits =
          bytes > 0
              && memory.owner(piece) == item
              && bytes <= geometry.chunkBytes(memory.chunkClass(piece)) - ItemLayout.HEADER_BYTES;
      if (!fits) {
        throw damaged("piece", piece);
      }
      missing -= bytes;
      if (missing < 0 || (missing == 0 && memory.next(piece) != 0)) {
        throw damaged("piece", piece);
      }
    }
  }

  /// Whether a chunk of some page begins here, and knows of which class it is.
  private boolean isChunk(long offset) {
    long page = PagePool.pageOf(offset);
    Integer slabClass = classOfPage.get(page);
    if (slabClass == null || memory.chunkClass(offset) != slabClass) {
      return false;
    }
    int chunkBytes = geometry.chunkBytes(slabClass);
    long into = offset - page;
    return into % chunkBytes == 0 && into / chunkBytes < PagePool.PAGE_BYTES / chunkBytes;
  }

  private boolean hasState(long chunk, int set, int clear) {
    return (memory.state(chunk) & (set | clear)) == set;
  }

  // ---- taking over

  /// From the tail on, each one to the head. Pieces in use are marked as linked until [#takePage]
  /// has told them from others.
  private void link(ListEnd list) {
    long item = list.tail;
    while (item != 0) {
      long before = memory.previous(item);
      restore(item);
      if (hasState(item, IN_PIECES, 0)) {
        for (long piece = memory.firstPiece(item); piece != 0; piece = memory.next(piece)) {
          memory.changeFlags(piece, LINKED, 0);
        }
      }
      int hash = memory.hash(item);
      long bucket = store.index.lock(hash);
      store.relink(item, list.id);
      // Growth is considered when all are there.
      boolean _ = store.index.insert(bucket, hash, item);
      store.index.unlock(bucket);
      item = before;
    }
  }

  private void restore(long item) {
    memory.hash(item, hashing.hash(memory.key(item, key)));
    memory.epoch(item, store.freshness.epoch());
    memory.dump(item, (short) 0);
    int deadline = memory.deadline(item);
    if (deadline != 0) {
      memory.deadline(item, shifted(Integer.toUnsignedLong(deadline)));
    }
    long state = memory.state(item);
    long accessed = shifted(state >>> TIME_SHIFT);
    memory.state(item, (state & ~(TIME_MASK | PINS_MASK)) | accessed << TIME_SHIFT);
  }

  /// In this server's seconds; what lies before them all becomes the first, 0 having a meaning.
  private int shifted(long seconds) {
    return Math.clamp(seconds + shiftSeconds, 1, Integer.MAX_VALUE);
  }

  private void takePage(long page, int slabClass) {
    int chunkBytes = geometry.chunkBytes(slabClass);
    for (int i = 0; i < PagePool.PAGE_BYTES / chunkBytes; i++) {
      long chunk = page + (long) i * chunkBytes;
      if (!hasState(chunk, LINKED, FREE)) {
        memory.state(chunk, (memory.state(chunk) & ItemLayout.GENERATION_MASK) | FREE);
      } else if (hasState(chunk, PIECE, 0)) {
        memory.changeFlags(chunk, 0, LINKED);
      }
    }
    store.slab(slabClass).addCarvedPage(page);
  }
}
