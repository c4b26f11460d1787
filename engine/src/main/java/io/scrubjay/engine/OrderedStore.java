package io.scrubjay.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a store can do that keeps its keys in order: pages of items by prefix, removal by prefix,
/// and chores of its own.
///
/// Everything here may take long, so it is done by the engine's threads; a future ends on one of
/// them. Keys are ordered by their bytes, unsigned. Errors: a future fails with
/// `IllegalArgumentException` for what was asked wrongly, in one line, and with
/// `UncheckedIOException` when the disk failed. Threads: any.
public interface OrderedStore {
  int PAGE_ITEMS_MAX = 1000;

  /// A page ends with the item that takes it past this.
  int PAGE_BYTES_MAX = 1 << 20;

  /// One item as it was at some moment while the page was made. Immutable by custom: whoever gets
  /// one owns its arrays.
  final class Item {
    public final byte[] key;
    public final byte[] value;
    public final ItemHeader header;

    public Item(byte[] key, byte[] value, ItemHeader header) {
      this.key = key;
      this.value = value;
      this.header = header;
    }
  }

  /// Items in key order.
  ///
  /// @param more there are others behind the last
  record Page(List<Item> items, boolean more) {
    public Page {
      items = List.copyOf(items);
    }

    /// The key to go on after; null: there are no more.
    public byte @Nullable [] last() {
      return more ? items.getLast().key : null;
    }
  }

  /// At most `limit` (1 to [#PAGE_ITEMS_MAX]) live items whose key begins with `prefix`, the first
  /// of those behind `after`, or of all when that is null. `withValues` false leaves values empty.
  CompletableFuture<Page> scan(
      byte[] prefix, int limit, byte @Nullable [] after, boolean withValues);

  /// Removes every item whose key begins with `prefix`, at once and as a whole; it costs the same
  /// for one as for a million. An item stored after the future has ended stays.
  CompletableFuture<Void> deletePrefix(byte[] prefix);

  /// A chore by the engine's own words, such as `compact`; the answer's lines.
  CompletableFuture<List<String>> chore(List<String> words);
}
