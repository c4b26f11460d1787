package io.scrubjay.engine.slab;

import static io.scrubjay.engine.slab.SettingValues.require;

import java.util.ArrayList;
import java.util.List;

/// Which chunks there shall be.
///
/// @param growthFactor `-f`: each class's chunk is this many times the one before
/// @param chunkBytes `-n`: key, value and flags that the smallest class has room for
/// @param slabChunkMaxBytes largest chunk; greater items are kept in several
/// @param slabSizes chunk sizes of all classes but the last, in place of a factor; may be empty
record GeometrySettings(
    double growthFactor, int chunkBytes, int slabChunkMaxBytes, List<Integer> slabSizes) {
  static final int SLAB_CHUNK_MIN_BYTES = 512;

  GeometrySettings {
    slabSizes = List.copyOf(slabSizes);
    require(growthFactor > 1, "growth_factor", growthFactor, "more than 1");
    require(chunkBytes > 0, "chunk_size", chunkBytes, "more than 0");
    require(
        slabChunkMaxBytes >= SLAB_CHUNK_MIN_BYTES
            && slabChunkMaxBytes <= PagePool.PAGE_BYTES
            && slabChunkMaxBytes % Long.BYTES == 0,
        "slab_chunk_max",
        slabChunkMaxBytes,
        "a multiple of 8 in " + SLAB_CHUNK_MIN_BYTES + ".." + PagePool.PAGE_BYTES);
    require(
        slabSizes.size() < SlabGeometry.CLASSES_MAX,
        "slab_sizes",
        slabSizes,
        "fewer than " + SlabGeometry.CLASSES_MAX);
    // Below this a chunk would not hold an item of the smallest key.
    int least = ItemLayout.HEADER_BYTES;
    for (int bytes : slabSizes) {
      require(bytes > least && bytes <= slabChunkMaxBytes, "slab_sizes", slabSizes, "rising sizes");
      least = bytes + Long.BYTES;
    }
  }

  static GeometrySettings of(SettingValues values) {
    return new GeometrySettings(
        values.decimal("growth_factor", 1.25),
        values.integer("chunk_size", 48),
        values.integer("slab_chunk_max", 512 * 1024),
        sizes(values.text("slab_sizes", "")));
  }

  /// `96-120-…`.
  private static List<Integer> sizes(String text) {
    List<Integer> sizes = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String size : text.split("-", -1)) {
        try {
          sizes.add(Integer.valueOf(size));
        } catch (NumberFormatException notOne) {
          throw new IllegalArgumentException(
              "slab_sizes = " + text + ", must be numbers and dashes", notOne);
        }
      }
    }
    return sizes;
  }
}
