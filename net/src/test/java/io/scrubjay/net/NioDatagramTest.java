package io.scrubjay.net;

import java.io.IOException;

final class NioDatagramTest extends DatagramContract {
  NioDatagramTest() throws IOException {
    super(new NioNetwork());
  }
}
