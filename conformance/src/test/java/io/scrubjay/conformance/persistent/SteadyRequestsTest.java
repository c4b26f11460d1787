package io.scrubjay.conformance.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.testkit.AllocationMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the RAM engine's requests do, the persistent engine's do too while what they need is in
/// memory: they allocate nothing on the Java heap, from socket to disk.
class SteadyRequestsTest {
  private static final int REQUESTS_PER_ROUND = 1000;

  /// Until the worker's code is compiled: nothing warms it up before.
  private static final int ROUNDS_MAX = 500;

  private static final int BATCH = 10;

  @TempDir private Path data;
  private Scrubjay server;
  private Wire wire;

  @BeforeEach
  void starts() throws IOException {
    server =
        Scrubjay.start(
            ServerOptions.builder()
                .port(0)
                .threads(1)
                .engine("lldb")
                .engineSettings(Map.of("data_dir", data.toString()))
                .build());
    wire = new Wire(server.address().getPort());
    assertEquals("STORED", wire.ask("set k 0 0 5\r\nvalue\r\n"));
    assertEquals("STORED", wire.ask("set n 0 0 1\r\n5\r\n"));
    assertEquals("STORED", wire.ask("set d 0 0 1\r\nx\r\n"));
  }

  @AfterEach
  void ends() throws IOException {
    wire.close();
    server.close();
  }

  @Test
  void getAllocatesNothing() throws IOException {
    assertNothingAllocated("get k none\r\n", List.of("VALUE k 0 5", "value", "END"));
  }

  @Test
  void setAllocatesNothing() throws IOException {
    assertNothingAllocated("set s 0 0 5\r\nother\r\n", List.of("STORED"));
  }

  @Test
  void aSetWithADeadlineAllocatesNothing() throws IOException {
    assertNothingAllocated(
        "set s 0 100 5\r\nother\r\nset s 0 200 5\r\nother\r\n", List.of("STORED", "STORED"));
  }

  @Test
  void incrAllocatesNothing() throws IOException {
    assertNothingAllocated("incr n 0\r\n", List.of("5"));
  }

  @Test
  void touchAndDeleteAndAddAllocateNothing() throws IOException {
    assertNothingAllocated(
        "touch k 0\r\ndelete d\r\nadd d 0 0 1\r\nx\r\n", List.of("TOUCHED", "DELETED", "STORED"));
  }

  private void assertNothingAllocated(String request, List<String> reply) throws IOException {
    String requests = request.repeat(BATCH);
    List<String> replies =
        Collections.nCopies(BATCH, reply).stream().flatMap(List::stream).toList();
    long allocated =
        new AllocationMeter("scrubjay-worker-0")
            .leastAllocatedBytes(
                ROUNDS_MAX,
                () -> {
                  for (int i = 0; i < REQUESTS_PER_ROUND / BATCH; i++) {
                    assertEquals(replies, wire.lines(requests, replies.size()));
                  }
                });
    assertEquals(0, allocated, "bytes allocated by the worker in its best round");
  }
}
