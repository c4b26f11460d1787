package io.scrubjay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class EpollNetworkTest extends PollerContract {
  /// Downcalls allocate until they are compiled, which takes longer on a busy machine.
  private static final int WARM_UP_ROUNDS_MAX = 40;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  EpollNetworkTest() throws IOException {
    super(new EpollNetwork());
  }

  @Test
  void readingWritingAndPollingAllocateNothing() throws IOException {
    Pair pair = connected();
    poller.watch(
        pair.accepted(), Poller.READ, readiness -> pair.accepted().read(buffer, 0, BUFFER_BYTES));
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < WARM_UP_ROUNDS_MAX && allocated > 0; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      roundTrips(pair, 5_000);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    assertEquals(0, allocated, "bytes allocated in 5000 round trips");
  }

  /// Each sends and receives, finds the socket empty, changes the interest twice and polls twice.
  private void roundTrips(Pair pair, int count) throws IOException {
    int mistakes = 0;
    for (int i = 0; i < count; i++) {
      mistakes += pair.client().write(buffer, 0, 100) == 100 ? 0 : 1;
      mistakes += poller.poll(WAIT_MILLIS) == 1 ? 0 : 1;
      mistakes += pair.accepted().read(buffer, 0, 100) == StreamSocket.WOULD_BLOCK ? 0 : 1;
      mistakes += poller.poll(0) == 0 ? 0 : 1;
      poller.interest(pair.accepted(), Poller.READ | Poller.WRITE);
      poller.interest(pair.accepted(), Poller.READ);
    }
    assertEquals(0, mistakes);
  }

  @Test
  void noDescriptorIsLeftBehind() throws IOException {
    openAndClose();
    long before = descriptors();
    for (int i = 0; i < 20; i++) {
      openAndClose();
    }
    assertEquals(before, descriptors());
  }

  private void openAndClose() throws IOException {
    network.openPoller().close();
    Pair pair = connected();
    pair.client().close();
    pair.accepted().close();
    network.listen(loopback(0), 8).close();
    try {
      network.listen((InetSocketAddress) server.localAddress(), 8).close();
    } catch (BindException inUse) {
      // One that fails must not leave its socket behind either.
    }
  }

  private static long descriptors() throws IOException {
    try (var list = Files.list(Path.of("/proc/self/fd"))) {
      return list.count();
    }
  }
}
