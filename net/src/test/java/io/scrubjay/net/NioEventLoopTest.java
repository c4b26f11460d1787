package io.scrubjay.net;

import java.io.IOException;

final class NioEventLoopTest extends EventLoopContract {
  NioEventLoopTest() throws IOException {
    super(new NioNetwork());
  }
}
