package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.FakeClock;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Each test has a server of its own, with one worker, whose clock it moves, and a client of it.
abstract class ServerAndClient {
  final FakeClock clock = new FakeClock();
  Scrubjay server;
  Client client;

  @BeforeEach
  void start() throws IOException {
    server = Scrubjay.start(ServerOptions.builder().port(0).threads(1).clock(clock).build());
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  void expectStat(String name, long value) {
    assertEquals(Long.toString(value), server.statistics().get(name), name);
  }

  /// The rows of `stats slabs` whose names match `names`, for the class of small items.
  void expectOfClass(String names, String... rows) {
    client.send("stats slabs\r\n");
    List<String> page = client.linesUntil("END");
    assertEquals(
        Stream.of(rows).map("STAT 1:"::concat).toList(),
        page.stream().filter(line -> line.matches("STAT 1:(" + names + ") .*")).toList());
  }
}
