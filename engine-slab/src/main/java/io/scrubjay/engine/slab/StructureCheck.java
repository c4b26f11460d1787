package io.scrubjay.engine.slab;

import java.util.HashSet;
import java.util.Set;

/// Walks everything and throws an `AssertionError` at the first disagreement: each item of the
/// index is on exactly one list and the other way round; counts and bytes add up; every chunk is
/// free, an item's or a piece's; no page has two owners. For tests, while nothing else goes on.
final class StructureCheck {
  private final ItemStore store;
  private final Set<Long> listed = new HashSet<>();
  private final Set<Long> pages = new HashSet<>();
  private long chunks;

  StructureCheck(ItemStore store) {
    this.store = store;
  }

  void run(long chunksOutside) {
    int largest = store.geometry.largest();
    store.lists.forEach(list -> list.validate(this::visitListed));
    for (int slabClass = 1; slabClass <= largest; slabClass++) {
      store.slab(slabClass).validate(this::visitPage);
    }
    long indexed =
        store.index.validate(
            item -> {
              if (!listed.contains(item)) {
                throw new AssertionError("item " + item + " is indexed but on no list");
              }
            });
    if (indexed != listed.size()) {
      throw new AssertionError(indexed + " items indexed, " + listed.size() + " on lists");
    }
    store.pool.visitUnused(this::visitPage);
    long used = 0;
    long taken = store.pool.freePages();
    for (int slabClass = 1; slabClass <= largest; slabClass++) {
      used += store.slab(slabClass).usedChunks();
      taken += store.slab(slabClass).pages();
    }
    if (used != chunks + chunksOutside) {
      throw new AssertionError(
          used + " chunks are taken, items have " + chunks + ", others " + chunksOutside);
    }
    if (taken != store.pool.pagesTaken()) {
      throw new AssertionError(taken + " pages in classes and pool, not what was taken");
    }
  }

  private void visitPage(long page) {
    if (page % PagePool.PAGE_BYTES != 0 || !pages.add(page)) {
      throw new AssertionError("page " + page + " has two owners");
    }
  }

  private void visitListed(long item) {
    ItemMemory memory = store.memory;
    long state = memory.state(item);
    if (!listed.add(item)) {
      throw new AssertionError("item " + item + " is listed twice");
    }
    if ((state & ItemLayout.LINKED) == 0 || (state & ItemLayout.FREE) != 0) {
      throw new AssertionError("listed item " + item + " has state " + state);
    }
    chunks++;
    if ((state & ItemLayout.IN_PIECES) == 0) {
      return;
    }
    long bytes = 0;
    for (long piece = memory.firstPiece(item); piece != 0; piece = memory.next(piece)) {
      chunks++;
      bytes += memory.valueBytes(piece);
      if (memory.owner(piece) != item) {
        throw new AssertionError("piece " + piece + " doesn't know its item " + item);
      }
    }
    if (bytes != memory.valueBytes(item)) {
      throw new AssertionError("item " + item + " has " + bytes + " bytes in pieces");
    }
  }
}
