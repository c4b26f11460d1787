package io.scrubjay.server.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrubjay.net.Network;
import io.scrubjay.net.Networks;
import io.scrubjay.net.ServerSocket;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.TooManyOpenFilesException;
import io.scrubjay.net.Watchable;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.ServerCounters;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of accepting when it fails.
@Timeout(60)
final class DispatcherTest {
  private static final int CONNECTIONS_MAX = 5;
  private static final int QUIET_MILLIS = 500;

  /// Its first accept fails, behind which `meanwhile` runs.
  private record Exhausted(ServerSocket socket, Runnable meanwhile, CountDownLatch failed)
      implements ServerSocket {
    @Override
    public @Nullable StreamSocket accept() throws IOException {
      if (failed.getCount() > 0) {
        meanwhile.run();
        failed.countDown();
        throw new TooManyOpenFilesException("none left");
      }
      return socket.accept();
    }

    @Override
    public SocketAddress localAddress() {
      return socket.localAddress();
    }

    @Override
    public int id() {
      return socket.id();
    }

    @Override
    public Watchable polled() {
      return socket;
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private final ServerCounters counters = new ServerCounters(List.of());
  private final Network network = Networks.preferred();

  private Exhausted listen(Runnable meanwhile) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Exhausted(network.listen(loopback, 8), meanwhile, new CountDownLatch(1));
  }

  private Dispatcher dispatcher(ServerSocket listening, Runnable outOfFiles, boolean refuseFast)
      throws IOException {
    return new Dispatcher(
        network,
        List.of(new BoundListener(listening, Listener.UNNAMED)),
        List.of(),
        outOfFiles,
        counters,
        new ServerLog(new PrintStream(PrintStream.nullOutputStream(), false, US_ASCII), 0),
        CONNECTIONS_MAX,
        refuseFast);
  }

  /// The second try comes after 100 ms: who is not refused within [#QUIET_MILLIS] never is.
  @Test
  void whoWaitsBehindAFailedAcceptIsNotRefusedWhereNobodyIs() throws Exception {
    Exhausted listening = listen(() -> counters.connections.set(CONNECTIONS_MAX));
    Dispatcher dispatcher = dispatcher(listening, () -> {}, false);
    Thread thread = Thread.ofPlatform().start(dispatcher);
    try (var client = new Socket()) {
      client.connect(listening.localAddress());
      listening.failed().await();
      client.setSoTimeout(QUIET_MILLIS);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
      assertEquals(0, counters.rejectedConnections.get());
      // Nor does a socket's end that makes no room: it pauses once.
      dispatcher.connectionClosed();
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
      assertEquals(1, counters.listenDisabledNum.get());
    } finally {
      dispatcher.stop();
      thread.join();
    }
  }

  /// With as many connections as may be, so that who comes is refused.
  @Test
  void withoutDescriptorsThoseThatNobodyNeedsAreAskedFor() throws Exception {
    var asked = new CountDownLatch(1);
    Exhausted listening = listen(() -> counters.connections.set(CONNECTIONS_MAX));
    Dispatcher dispatcher = dispatcher(listening, asked::countDown, true);
    Thread thread = Thread.ofPlatform().start(dispatcher);
    try (var client = new Socket()) {
      client.connect(listening.localAddress());
      asked.await();
    } finally {
      dispatcher.stop();
      thread.join();
    }
  }
}
