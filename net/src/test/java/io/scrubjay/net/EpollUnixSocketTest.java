package io.scrubjay.net;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class EpollUnixSocketTest extends UnixSocketContract {
  EpollUnixSocketTest() {
    super(new EpollNetwork());
  }
}
