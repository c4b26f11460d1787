package io.scrubjay.net;

import java.io.IOException;

final class EpollEventLoopTest extends EventLoopContract {
  EpollEventLoopTest() throws IOException {
    super(new EpollNetwork());
  }
}
