package io.scrubjay.net;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class NioNetworkTest extends PollerContract {
  NioNetworkTest() throws IOException {
    super(new NioNetwork());
  }

  @Test
  void runningOutOfFilesIsToldFromTheSystemsMessage() {
    assertTrue(NioServerSocket.isOutOfFiles("Too many open files"));
    assertTrue(NioServerSocket.isOutOfFiles("Too many open files in system"));
    assertFalse(NioServerSocket.isOutOfFiles("Connection reset by peer"));
    assertFalse(NioServerSocket.isOutOfFiles(null));
  }
}
