package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// A steady get, set or incr allocates nothing on the Java heap, from socket to socket.
///
/// The JVM allocates on a worker's thread while the code is still being interpreted and compiled,
/// so rounds are played until one allocates nothing; a request that does allocate does so in all.
final class SteadyRequestsTest {
  private static final int ROUNDS_MAX = 500;
  private static final int REQUESTS_PER_ROUND = 2000;

  @Test
  void getAllocatesNothing() throws Exception {
    assertNothingAllocated("get k\r\n", "VALUE k 0 5\r\nvalue\r\nEND\r\n");
  }

  @Test
  void multigetAllocatesNothing() throws Exception {
    assertNothingAllocated(
        "gets k none k\r\n", "VALUE k 0 5 2\r\nvalue\r\nVALUE k 0 5 2\r\nvalue\r\nEND\r\n");
  }

  @Test
  void setAllocatesNothing() throws Exception {
    assertNothingAllocated("set s 0 0 5\r\nother\r\n", "STORED\r\n");
  }

  @Test
  void incrAllocatesNothing() throws Exception {
    assertNothingAllocated("incr n 0\r\n", "5\r\n");
  }

  @Test
  void touchAndDeleteAndAddAllocateNothing() throws Exception {
    assertNothingAllocated(
        "touch k 0\r\ndelete d\r\nadd d 0 0 1\r\nx\r\n", "TOUCHED\r\nDELETED\r\nSTORED\r\n");
  }

  private static void assertNothingAllocated(String request, String reply) throws Exception {
    try (Scrubjay server = start();
        Client client = new Client(server)) {
      prepare(client);
      int batch = 10;
      String requests = request.repeat(batch);
      String replies = reply.repeat(batch);
      assertRoundWithoutAllocation(
          () -> {
            client.send(requests);
            assertEquals(
                replies, new String(client.bytes(replies.length()), StandardCharsets.US_ASCII));
          },
          REQUESTS_PER_ROUND / batch);
    }
  }

  private static Scrubjay start() throws Exception {
    return Scrubjay.start(ServerOptions.builder().port(0).threads(1).build());
  }

  private static void prepare(Client client) {
    assertEquals("STORED", client.ask("set k 0 0 5\r\nvalue\r\n"));
    assertEquals("STORED", client.ask("set n 0 0 1\r\n5\r\n"));
    assertEquals("STORED", client.ask("set d 0 0 1\r\nx\r\n"));
  }

  private static void assertRoundWithoutAllocation(Runnable step, int steps) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long worker =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(thread -> thread != null && thread.getThreadName().equals("scrubjay-worker-0"))
            .mapToLong(thread -> thread.getThreadId())
            .findFirst()
            .orElseThrow();
    long allocated = 0;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      long before = threads.getThreadAllocatedBytes(worker);
      for (int i = 0; i < steps; i++) {
        step.run();
      }
      allocated = threads.getThreadAllocatedBytes(worker) - before;
      if (allocated == 0) {
        return;
      }
    }
    assertEquals(0, allocated, "bytes allocated by the worker in the last of many rounds");
  }
}
