package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `-F`: spec 2.5 `flush_all`, 4.2 `FLUSH`.
final class FlushDisabledTest {
  private Scrubjay server;

  @BeforeEach
  void start() throws IOException {
    server = Scrubjay.start(ServerOptions.builder().port(0).threads(1).flushEnabled(false).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void flushAllIsRefusedAndCounted() {
    try (Client client = new Client(server)) {
      assertEquals("STORED", client.ask("set k 0 0 1\r\nx\r\n"));
      assertEquals("CLIENT_ERROR flush_all not allowed", client.ask("flush_all\r\n"));
      assertEquals("CLIENT_ERROR flush_all not allowed", client.ask("flush_all soon\r\n"));
      assertEquals("VERSION 1.6.45", client.ask("flush_all noreply\r\nversion\r\n"));
      assertEquals("VALUE k 0 1", client.ask("get k\r\n"));
      assertEquals("3", server.statistics().get("cmd_flush"));
    }
  }

  @Test
  void theBinaryFlushIsRefusedToo() {
    try (Client client = new Client(server)) {
      client.send(Packet.of(0x08).bytes());
      String reply = Packet.reply(client);
      assertEquals("08 20", reply.substring(0, 5));
    }
  }
}
