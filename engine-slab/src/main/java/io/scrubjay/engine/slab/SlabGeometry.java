package io.scrubjay.engine.slab;

import io.scrubjay.engine.SlabControl;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Which sizes of chunk there are, and which one an item of a size goes to. Immutable.
///
/// Source: spec M-01 to M-03; the figures are memcached's exactly, since operators' tuning and
/// every figure in `stats slabs` rest on them.
final class SlabGeometry {
  static final int CLASSES_MAX = SlabControl.CLASSES_END - 1;
  static final int TERMINATOR_BYTES = 2;
  static final int CAS_BYTES = 8;
  static final int CLIENT_FLAGS_BYTES = 4;

  private final int[] chunkBytes;
  private final int largest;
  private final int casBytes;

  SlabGeometry(GeometrySettings settings, boolean casEnabled) {
    casBytes = casEnabled ? CAS_BYTES : 0;
    chunkBytes = new int[CLASSES_MAX + 1];
    largest =
        1 + (settings.slabSizes().isEmpty() ? growBy(settings) : takeSizes(settings.slabSizes()));
    chunkBytes[largest] = settings.slabChunkMaxBytes();
  }

  /// Fills in all classes but the last; returns how many.
  private int growBy(GeometrySettings settings) {
    double end = settings.slabChunkMaxBytes() / settings.growthFactor();
    int classes = 0;
    int bytes = ItemLayout.HEADER_BYTES + settings.chunkBytes();
    while (classes < CLASSES_MAX - 1 && bytes < end) {
      bytes = aligned(bytes);
      classes++;
      chunkBytes[classes] = bytes;
      bytes = (int) (bytes * settings.growthFactor());
    }
    return classes;
  }

  private int takeSizes(List<Integer> sizes) {
    for (int i = 0; i < sizes.size(); i++) {
      chunkBytes[i + 1] = aligned(sizes.get(i));
    }
    return sizes.size();
  }

  private static int aligned(int bytes) {
    return (bytes + Long.BYTES - 1) & -Long.BYTES;
  }

  /// The classes are 1 to this.
  int largest() {
    return largest;
  }

  /// A class a line, in memcached's words.
  List<String> lines() {
    return IntStream.rangeClosed(1, largest)
        .mapToObj(
            slabClass ->
                String.format(
                    Locale.ROOT,
                    "slab class %3d: chunk size %9d perslab %7d",
                    slabClass,
                    chunkBytes[slabClass],
                    PagePool.PAGE_BYTES / chunkBytes[slabClass]))
        .toList();
  }

  int chunkBytes(int slabClass) {
    return chunkBytes[slabClass];
  }

  int chunkBytesMax() {
    return chunkBytes[largest];
  }

  /// The first class whose chunks hold `bytes`; the largest for more than any holds.
  int classOf(long bytes) {
    int low = 1;
    int high = largest;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (chunkBytes[middle] < bytes) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// From the start of an item's chunk to its key.
  int keyOffset() {
    return ItemLayout.HEADER_BYTES + casBytes;
  }

  /// An item's size as it is accounted for (M-01).
  long totalBytes(int keyBytes, int clientFlags, int valueBytes) {
    return prefixBytes(keyBytes, clientFlags) + (long) valueBytes + TERMINATOR_BYTES;
  }

  /// What the first chunk of an item in pieces takes: all but the value, and a piece's header
  /// (M-04).
  int headBytes(int keyBytes, int clientFlags) {
    return prefixBytes(keyBytes, clientFlags) + ItemLayout.HEADER_BYTES;
  }

  private int prefixBytes(int keyBytes, int clientFlags) {
    return keyOffset() + keyBytes + 1 + (clientFlags != 0 ? CLIENT_FLAGS_BYTES : 0);
  }
}
