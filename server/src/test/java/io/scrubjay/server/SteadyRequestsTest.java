package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.AllocationMeter;
import org.junit.jupiter.api.Test;

/// A steady get, set or incr allocates nothing on the Java heap, from socket to socket.
final class SteadyRequestsTest {
  private static final int REQUESTS_PER_ROUND = 2000;

  /// Until the worker's code is compiled: nothing warms it up before.
  private static final int ROUNDS_MAX = 500;

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
      long allocated =
          new AllocationMeter("scrubjay-worker-0")
              .leastAllocatedBytes(
                  ROUNDS_MAX,
                  () -> {
                    for (int i = 0; i < REQUESTS_PER_ROUND / batch; i++) {
                      client.send(requests);
                      assertEquals(replies, client.text(replies.length()));
                    }
                  });
      assertEquals(0, allocated, "bytes allocated by the worker in its best round");
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
}
