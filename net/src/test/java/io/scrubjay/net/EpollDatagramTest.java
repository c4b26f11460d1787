package io.scrubjay.net;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class EpollDatagramTest extends DatagramContract {
  EpollDatagramTest() throws IOException {
    super(new EpollNetwork());
  }
}
