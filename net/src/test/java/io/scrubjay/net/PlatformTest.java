package io.scrubjay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemoryLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, LINUX_X86_64",
    "Linux, aarch64, LINUX_AARCH64",
    "Linux, riscv64, OTHER",
    "Mac OS X, aarch64, OTHER",
    "Windows 11, amd64, OTHER",
  })
  void isToldFromTheJvmsWords(String system, String architecture, Platform platform) {
    assertEquals(platform, Platform.of(system, architecture));
  }

  @ParameterizedTest
  @CsvSource({"LINUX_X86_64, 12, 4", "LINUX_AARCH64, 16, 8"})
  void epollEventsArePackedOnX86Only(Platform platform, long sizeBytes, long dataOffset) {
    var layout = EpollEvents.layout(platform);
    assertEquals(sizeBytes, layout.byteSize());
    assertEquals(dataOffset, layout.byteOffset(MemoryLayout.PathElement.groupElement("data")));
  }

  @Test
  void anyOtherPlatformHasNoEpoll() {
    assertThrows(IllegalArgumentException.class, () -> EpollEvents.layout(Platform.OTHER));
  }
}
