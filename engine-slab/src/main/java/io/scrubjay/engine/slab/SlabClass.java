package io.scrubjay.engine.slab;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// The chunks of one size: those given back, and those of pages that are carved as chunks are
/// needed, so that their memory isn't touched before.
///
/// The list of free chunks is linked both ways, so that a page's chunks can be taken out of it; the
/// backward link of its first chunk means nothing, and taking that one writes to no other chunk.
///
/// At most one page at a time is being evacuated: its chunks are given out no more, and those given
/// back stay off the list.
///
/// Threads: any; a monitor, which may be taken with every other lock held but the page pool's.
final class SlabClass {
  private final ItemMemory memory;
  private final PagePool pool;
  private final int slabClass;
  private final int chunkBytes;
  private final int chunksPerPage;
  private final ArrayDeque<Long> uncarved = new ArrayDeque<>();
  private long[] pages = new long[4];
  private int pageCount;
  private long firstFree;
  private long freeChunks;
  private long nextFresh;
  private int freshChunks;
  private long evacuated;
  private long evacuatedEnd;
  private int evacuatedInUse;

  SlabClass(ItemMemory memory, PagePool pool, int slabClass, int chunkBytes) {
    this.memory = memory;
    this.pool = pool;
    this.slabClass = slabClass;
    this.chunkBytes = chunkBytes;
    this.chunksPerPage = PagePool.PAGE_BYTES / chunkBytes;
  }

  /// A chunk in a new generation, without flags or pins, or 0 when there is no memory.
  long take() {
    return take(true);
  }

  /// As [#take], but without asking the pool for a page.
  long takeWithin() {
    return take(false);
  }

  private synchronized long take(boolean mayGrow) {
    long chunk = firstFree;
    if (chunk != 0) {
      firstFree = memory.next(chunk);
      freeChunks--;
    } else {
      chunk = fresh(mayGrow);
      if (chunk == 0) {
        return 0;
      }
    }
    long generation = memory.state(chunk) + ItemLayout.GENERATION_ONE;
    memory.state(chunk, generation & ItemLayout.GENERATION_MASK);
    memory.chunkClass(chunk, slabClass);
    return chunk;
  }

  private long fresh(boolean mayGrow) {
    if (freshChunks == 0) {
      if (uncarved.isEmpty() && !(mayGrow && grow())) {
        return 0;
      }
      nextFresh = uncarved.remove();
      freshChunks = chunksPerPage;
    }
    long chunk = nextFresh;
    nextFresh += chunkBytes;
    freshChunks--;
    return chunk;
  }

  private boolean grow() {
    long page = pool.take(pageCount == 0);
    if (page != 0) {
      addPage(page);
    }
    return page != 0;
  }

  /// Adds a page whose contents don't matter and which nobody else looks at.
  synchronized void addPage(long page) {
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, 2 * pageCount);
    }
    pages[pageCount++] = page;
    uncarved.addLast(page);
  }

  /// Adds a page all of whose chunks say whether they are free.
  synchronized void addCarvedPage(long page) {
    addPage(page);
    uncarved.removeLast();
    for (int i = 0; i < chunksPerPage; i++) {
      long chunk = page + (long) i * chunkBytes;
      if (isFree(chunk)) {
        memory.chunkClass(chunk, slabClass);
        addFree(chunk);
      }
    }
  }

  /// Makes every chunk of every page say whether it is free.
  synchronized void carveAll() {
    while (freshChunks > 0 || !uncarved.isEmpty()) {
      long chunk = fresh(false);
      memory.state(chunk, ItemLayout.FREE);
      memory.chunkClass(chunk, slabClass);
      addFree(chunk);
    }
  }

  /// The pages, oldest first.
  synchronized long[] pageOffsets() {
    return Arrays.copyOf(pages, pageCount);
  }

  synchronized void give(long chunk) {
    long state = memory.state(chunk);
    if ((state & (ItemLayout.FREE | ItemLayout.LINKED | ItemLayout.PINS_MASK)) != 0) {
      throw new AssertionError("chunk " + chunk + " given back in state " + state);
    }
    memory.state(chunk, (state & ItemLayout.GENERATION_MASK) | ItemLayout.FREE);
    if (evacuated != 0 && PagePool.pageOf(chunk) == evacuated) {
      evacuatedInUse--;
    } else {
      addFree(chunk);
    }
  }

  private void addFree(long chunk) {
    memory.next(chunk, firstFree);
    if (firstFree != 0) {
      memory.previous(firstFree, chunk);
    }
    firstFree = chunk;
    freeChunks++;
  }

  private void removeFree(long chunk) {
    long next = memory.next(chunk);
    if (chunk == firstFree) {
      firstFree = next;
    } else {
      long previous = memory.previous(chunk);
      memory.next(previous, next);
      if (next != 0) {
        memory.previous(next, previous);
      }
    }
    freeChunks--;
  }

  // ---- giving a page away

  /// Takes the oldest page out of service. Returns its offset, or 0 when this is the only one.
  synchronized long beginEvacuation() {
    if (evacuated != 0) {
      throw new AssertionError("class " + slabClass + " is giving a page away already");
    }
    if (pageCount < 2) {
      return 0;
    }
    evacuated = pages[0];
    evacuatedEnd = evacuated + (long) chunksPerPage * chunkBytes;
    if (uncarved.remove(evacuated)) {
      evacuatedEnd = evacuated;
    } else if (freshChunks > 0 && PagePool.pageOf(nextFresh) == evacuated) {
      evacuatedEnd = nextFresh;
      freshChunks = 0;
    }
    evacuatedInUse = 0;
    for (long chunk = evacuated; chunk < evacuatedEnd; chunk += chunkBytes) {
      if (isFree(chunk)) {
        removeFree(chunk);
      } else {
        evacuatedInUse++;
      }
    }
    return evacuated;
  }

  private boolean isFree(long chunk) {
    return (memory.state(chunk) & ItemLayout.FREE) != 0;
  }

  /// Where the chunks of the page being evacuated end that were ever taken.
  synchronized long evacuatedEnd() {
    return evacuatedEnd;
  }

  /// Chunks of the page being evacuated that somebody has.
  synchronized int evacuatedInUse() {
    return evacuatedInUse;
  }

  /// Lets go of the evacuated page.
  synchronized void endEvacuation() {
    if (evacuated == 0 || evacuatedInUse != 0) {
      throw new AssertionError(evacuatedInUse + " chunks of page " + evacuated + " are in use");
    }
    System.arraycopy(pages, 1, pages, 0, pageCount - 1);
    pageCount--;
    evacuated = 0;
  }

  /// Keeps the page after all: what is free in it may be taken again.
  synchronized void abandonEvacuation() {
    long page = evacuated;
    evacuated = 0;
    if (evacuatedEnd == page) {
      uncarved.addFirst(page);
      return;
    }
    for (long chunk = page; chunk < page + (long) chunksPerPage * chunkBytes; chunk += chunkBytes) {
      if (chunk >= evacuatedEnd) {
        memory.state(chunk, ItemLayout.FREE);
        memory.chunkClass(chunk, slabClass);
      }
      if (isFree(chunk)) {
        addFree(chunk);
      }
    }
  }

  // ---- figures

  int chunkBytes() {
    return chunkBytes;
  }

  int chunksPerPage() {
    return chunksPerPage;
  }

  synchronized int pages() {
    return pageCount;
  }

  synchronized long freeChunks() {
    return freeChunks + freshChunks + (long) uncarved.size() * chunksPerPage;
  }

  synchronized long usedChunks() {
    long outOfService = evacuated == 0 ? 0 : chunksPerPage - evacuatedInUse;
    return (long) pageCount * chunksPerPage - freeChunks() - outOfService;
  }

  /// Walks pages and free chunks; for structure checks.
  synchronized void validate(LongConsumer pageVisitor) {
    for (int i = 0; i < pageCount; i++) {
      pageVisitor.accept(pages[i]);
    }
    long walked = 0;
    long previous = 0;
    for (long chunk = firstFree; chunk != 0; chunk = memory.next(chunk)) {
      long page = PagePool.pageOf(chunk);
      if (!isFree(chunk) || memory.chunkClass(chunk) != slabClass || page == evacuated) {
        throw new AssertionError("chunk " + chunk + " on the free list of class " + slabClass);
      }
      if (previous != 0 && memory.previous(chunk) != previous) {
        throw new AssertionError("free chunk " + chunk + " is linked wrongly");
      }
      previous = chunk;
      walked++;
    }
    if (walked != freeChunks) {
      throw new AssertionError(walked + " free chunks, counted " + freeChunks);
    }
  }
}
