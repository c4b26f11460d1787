package io.scrubjay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class NetworksTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxPrefersEpoll() {
    assertEquals("epoll", Networks.preferred().name());
    assertEquals("epoll", Networks.named("epoll").name());
  }

  @Test
  void nioIsThereByName() {
    assertEquals("nio", Networks.named("nio").name());
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    var refused = assertThrows(IllegalArgumentException.class, () -> Networks.named("io_uring"));
    assertTrue(String.valueOf(refused.getMessage()).contains("must be epoll or nio"));
  }
}
