package io.scrubjay.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.net.EventLoop;
import io.scrubjay.net.Poller;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.Turn;
import io.scrubjay.net.tls.TlsEvents;
import io.scrubjay.net.tls.TlsLoop;
import io.scrubjay.testkit.HandDrivenNetwork;
import io.scrubjay.testkit.MemoryStreamSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/// A client that makes a handshake last costs the loop what it sends, and no more. A rule of
/// `net.tls`, tested here because the sockets in memory are `testkit`'s, which stands on `net`.
final class SlowHandshakeTest {
  private static final int BYTES = 1000;

  /// A ClientHello of 16 000 bytes is announced: type, version, length.
  private static final byte[] HELLO_HEADER = {22, 3, 1, 0x3e, (byte) 0x80};

  private final HandDrivenNetwork poller = new HandDrivenNetwork(() -> {});

  @Test
  void aHelloThatComesByteByByteIsReadOnceForEach() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(false);
    MemoryStreamSocket client = new MemoryStreamSocket(1);
    try (Arena arena = Arena.ofConfined()) {
      EventLoop loop = new EventLoop(poller, new Quiet(), (_, mistake) -> fail(mistake));
      TlsLoop tls = new TlsLoop(loop, arena, Runnable::run, 0, false, new NoEvents());
      StreamSocket server = tls.inside(client, engine);
      poller.watch(client, 0, _ -> {});
      MemorySegment target = arena.allocate(1024);
      byte[] hello = Arrays.copyOf(HELLO_HEADER, BYTES);
      for (byte value : hello) {
        client.peer().send(new byte[] {value});
        assertEquals(StreamSocket.WOULD_BLOCK, server.read(target, 0, 1024));
      }
    }
    assertEquals(BYTES, client.peer().reads());
    assertEquals(Poller.READ, poller.interest(client.id()));
  }

  private static void fail(Throwable mistake) {
    throw new AssertionError(mistake);
  }

  private static final class Quiet implements Turn {
    @Override
    public void begins() {}

    @Override
    public boolean ends() {
      return false;
    }
  }

  private static final class NoEvents implements TlsEvents {
    @Override
    public void established(boolean resumed) {
      throw new AssertionError("not with half a hello");
    }

    @Override
    public void handshakeFailed(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void protocolFailed(String reason) {
      throw new AssertionError(reason);
    }
  }
}
