package io.scrubjay.net.tls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.net.EventLoop;
import io.scrubjay.net.Poller;
import io.scrubjay.net.ReadyHandler;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.Turn;
import io.scrubjay.net.Watchable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A client that makes a handshake last costs the loop what it sends, and no more.
final class SlowHandshakeTest {
  /// A ClientHello of 16 000 bytes is announced: type, version, length.
  private static final byte[] HELLO_HEADER = {22, 3, 1, 0x3e, (byte) 0x80};

  private static final int BYTES = 1000;

  @Test
  void aHelloThatComesByteByByteIsReadOnceForEach() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(false);
    Dripping client = new Dripping();
    Watched poller = new Watched();
    try (Arena arena = Arena.ofConfined()) {
      EventLoop loop = new EventLoop(poller, new Quiet(), (_, mistake) -> fail(mistake));
      TlsLoop tls = new TlsLoop(loop, arena, Runnable::run, 0, new NoEvents());
      StreamSocket server = tls.inside(client, engine);
      MemorySegment target = arena.allocate(1024);
      for (int i = 0; i < BYTES; i++) {
        client.arrived++;
        assertEquals(StreamSocket.WOULD_BLOCK, server.read(target, 0, 1024));
      }
    }
    assertEquals(BYTES, client.taken);
    assertEquals(BYTES, client.reads);
    assertEquals(Poller.READ, poller.interest);
  }

  private static void fail(Throwable mistake) {
    throw new AssertionError(mistake);
  }

  /// A socket in which no more has arrived than the test says.
  private static final class Dripping implements StreamSocket {
    int arrived;
    int taken;
    int reads;

    @Override
    public int read(MemorySegment target, long offset, int bytes) {
      reads++;
      int count = Math.min(bytes, arrived - taken);
      for (int i = 0; i < count; i++, taken++) {
        byte value = taken < HELLO_HEADER.length ? HELLO_HEADER[taken] : 1;
        target.set(JAVA_BYTE, offset + i, value);
      }
      return count;
    }

    @Override
    public int write(MemorySegment source, long offset, int bytes) {
      throw new AssertionError("nothing to say yet");
    }

    @Override
    public void endOutput() {}

    @Override
    public @Nullable String failure() {
      return null;
    }

    @Override
    public SocketAddress localAddress() {
      return InetSocketAddress.createUnresolved("server", 1);
    }

    @Override
    public SocketAddress remoteAddress() {
      return InetSocketAddress.createUnresolved("client", 1);
    }

    @Override
    public int id() {
      return 1;
    }

    @Override
    public void close() {}
  }

  /// A poller that remembers what was asked of it.
  private static final class Watched implements Poller {
    int interest;

    @Override
    public void watch(Watchable socket, int interest, ReadyHandler handler) {}

    @Override
    public void interest(Watchable socket, int interest) {
      this.interest = interest;
    }

    @Override
    public void forget(Watchable socket) {}

    @Override
    public void close(Watchable socket) {}

    @Override
    public int await(int timeoutMillis) {
      return 0;
    }

    @Override
    public int dispatch() {
      return 0;
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
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
