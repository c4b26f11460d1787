package io.scrubjay.engine.slab;

/// The chunks of one size: those given back, and the rest of the newest page, which is carved as it
/// is needed so that its memory isn't touched before.
///
/// Threads: any; a monitor, which may be taken with every other lock held but the page pool's.
final class SlabClass {
  private final ItemMemory memory;
  private final PagePool pool;
  private final int slabClass;
  private final int chunkBytes;
  private final int chunksPerPage;
  private long firstFree;
  private long freeChunks;
  private long pages;
  private long nextFresh;
  private int freshChunks;

  SlabClass(ItemMemory memory, PagePool pool, int slabClass, int chunkBytes) {
    this.memory = memory;
    this.pool = pool;
    this.slabClass = slabClass;
    this.chunkBytes = chunkBytes;
    this.chunksPerPage = PagePool.PAGE_BYTES / chunkBytes;
  }

  /// A chunk in a new generation, without flags or pins, or 0 when there is no memory.
  synchronized long take() {
    long chunk = firstFree;
    if (chunk != 0) {
      firstFree = memory.next(chunk);
      freeChunks--;
    } else {
      chunk = fresh();
      if (chunk == 0) {
        return 0;
      }
    }
    long generation = memory.state(chunk) + ItemLayout.GENERATION_ONE;
    memory.state(chunk, generation & ItemLayout.GENERATION_MASK);
    memory.chunkClass(chunk, slabClass);
    return chunk;
  }

  private long fresh() {
    if (freshChunks == 0) {
      long page = pool.take(pages == 0);
      if (page == 0) {
        return 0;
      }
      pages++;
      nextFresh = page;
      freshChunks = chunksPerPage;
    }
    long chunk = nextFresh;
    nextFresh += chunkBytes;
    freshChunks--;
    return chunk;
  }

  synchronized void give(long chunk) {
    long state = memory.state(chunk);
    if ((state & (ItemLayout.FREE | ItemLayout.LINKED | ItemLayout.PINS_MASK)) != 0) {
      throw new AssertionError("chunk " + chunk + " given back in state " + state);
    }
    memory.state(chunk, (state & ItemLayout.GENERATION_MASK) | ItemLayout.FREE);
    memory.next(chunk, firstFree);
    firstFree = chunk;
    freeChunks++;
  }

  int chunkBytes() {
    return chunkBytes;
  }

  int chunksPerPage() {
    return chunksPerPage;
  }

  synchronized long pages() {
    return pages;
  }

  synchronized long freeChunks() {
    return freeChunks + freshChunks;
  }

  synchronized long usedChunks() {
    return pages * chunksPerPage - freeChunks - freshChunks;
  }

  /// Walks the free chunks; for structure checks.
  synchronized void validate() {
    long walked = 0;
    for (long chunk = firstFree; chunk != 0; chunk = memory.next(chunk)) {
      if ((memory.state(chunk) & ItemLayout.FREE) == 0 || memory.chunkClass(chunk) != slabClass) {
        throw new AssertionError("chunk " + chunk + " on the free list of class " + slabClass);
      }
      walked++;
    }
    if (walked != freeChunks) {
      throw new AssertionError(walked + " free chunks, counted " + freeChunks);
    }
  }
}
