package io.scrubjay.net;

final class NioUnixSocketTest extends UnixSocketContract {
  NioUnixSocketTest() {
    super(new NioNetwork());
  }
}
