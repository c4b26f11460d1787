package io.scrubjay.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegionTest {
  private static final long BYTES = 3 * Region.ALIGNMENT_BYTES + 17;

  enum Kind {
    BEST,
    ALLOCATED
  }

  private static Region reserve(Kind kind) {
    return switch (kind) {
      case BEST -> Region.reserve(BYTES);
      case ALLOCATED -> AllocatedRegion.allocate(BYTES);
    };
  }

  @ParameterizedTest
  @EnumSource
  void readsAsZeroAndKeepsWhatIsWritten(Kind kind) {
    try (Region region = reserve(kind)) {
      MemorySegment segment = region.segment();
      assertEquals(BYTES, segment.byteSize());
      assertEquals(0, segment.address() % Region.ALIGNMENT_BYTES);
      assertEquals(0, segment.get(JAVA_BYTE, BYTES - 1));
      segment.set(JAVA_LONG, 4096, 0x0123_4567_89AB_CDEFL);
      assertEquals(0x0123_4567_89AB_CDEFL, segment.get(JAVA_LONG, 4096));
    }
  }

  @ParameterizedTest
  @EnumSource
  void accessOutsideOrAfterCloseIsRefused(Kind kind) {
    Region region = reserve(kind);
    MemorySegment segment = region.segment();
    assertThrows(IndexOutOfBoundsException.class, () -> segment.get(JAVA_BYTE, BYTES));
    assertThrows(IndexOutOfBoundsException.class, () -> region.discard(1, BYTES));
    region.close();
    assertThrows(IllegalStateException.class, () -> segment.get(JAVA_BYTE, 0));
  }

  @ParameterizedTest
  @EnumSource
  void discardLeavesWhatIsOutsideTheRange(Kind kind) {
    try (Region region = reserve(kind)) {
      region.segment().fill((byte) 7);
      region.discard(100, 2 * Region.ALIGNMENT_BYTES);
      assertEquals(7, region.segment().get(JAVA_BYTE, 99));
      assertEquals(7, region.segment().get(JAVA_BYTE, 100 + 2 * Region.ALIGNMENT_BYTES));
      byte inside = region.segment().get(JAVA_BYTE, Region.ALIGNMENT_BYTES);
      assertTrue(inside == 0 || inside == 7, "zero or as before, was " + inside);
    }
  }

  @Test
  void aTebibyteCostsOnlyAddressSpaceWhereThereIsMmap() {
    try (Region region = Region.reserve(1L << 40)) {
      assertInstanceOf(MappedRegion.class, region);
      region.segment().set(JAVA_BYTE, (1L << 40) - 1, (byte) 1);
    }
  }

  @Test
  void aRefusedSizeIsNamed() {
    var refused = assertThrows(OutOfMemoryError.class, () -> Region.reserve(1L << 60));
    assertEquals("mmap of " + (1L << 60) + " bytes was refused", refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Region.reserve(0));
  }

  @Test
  void aFileIsOneRegionsAtATime(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("memory");
    try (Region region = Region.ofFile(file, BYTES)) {
      region.segment().set(JAVA_BYTE, 7, (byte) 7);
      var refused = assertThrows(FileSystemException.class, () -> Region.ofFile(file, 2 * BYTES));
      assertEquals("another server has it open", refused.getReason());
      assertEquals(BYTES, Files.size(file));
    }
    try (Region region = Region.ofFile(file, BYTES)) {
      assertEquals(7, region.segment().get(JAVA_BYTE, 7));
    }
  }
}
