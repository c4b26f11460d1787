package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// `-R`: a connection with more requests than its share goes to the back of the line, loses
/// nothing, and is counted.
final class FairnessTest {
  @Test
  void aLongPipelineIsServedInStretchesAndInOrder() throws Exception {
    try (Scrubjay server =
            Scrubjay.start(ServerOptions.builder().port(0).threads(1).requestsPerEvent(3).build());
        Client client = new Client(server)) {
      StringBuilder requests = new StringBuilder("set n 0 0 1\r\n0\r\n");
      int count = 500;
      requests.append("incr n 1\r\n".repeat(count));
      client.send(requests.toString());
      assertEquals("STORED", client.line());
      for (int i = 1; i <= count; i++) {
        assertEquals(Integer.toString(i), client.line());
      }
      int yields = Integer.parseInt(server.statistics().get("conn_yields"));
      assertTrue(yields >= count / 3 - 10, "conn_yields " + yields);
    }
  }

  @Test
  void twoPipelinesShareAWorker() throws Exception {
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).threads(1).build());
        Client one = new Client(server);
        Client two = new Client(server)) {
      one.send("version\r\n".repeat(5000));
      assertEquals("VERSION 1.6.45", two.ask("version\r\n"));
      for (int i = 0; i < 5000; i++) {
        assertEquals("VERSION 1.6.45", one.line());
      }
    }
  }

  /// Though it is shown to the dialect once more when the value has been sent.
  @Test
  void aLargeHitIsOneRequest() throws Exception {
    int count = 60;
    String value = "x".repeat(100_000);
    try (Scrubjay server =
            Scrubjay.start(ServerOptions.builder().port(0).threads(1).requestsPerEvent(2).build());
        Client client = new Client(server)) {
      assertEquals("STORED", client.ask("set k 0 0 100000\r\n" + value + "\r\n"));
      client.send("get k\r\n".repeat(count));
      String answer = "VALUE k 0 100000\r\n" + value + "\r\nEND\r\n";
      for (int i = 0; i < count; i++) {
        assertEquals(answer, client.text(answer.length()));
      }
      int yields = Integer.parseInt(server.statistics().get("conn_yields"));
      assertTrue(yields <= count / 2, "conn_yields " + yields);
    }
  }

  /// A list of keys is one request, and yet it goes to the back of the line again and again.
  @Test
  void aVeryLongListOfKeysIsServedInStretchesAndInOrder() throws Exception {
    int keys = 100_000;
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).threads(1).build());
        Client client = new Client(server)) {
      assertEquals("STORED", client.ask("set a 0 0 1\r\n1\r\n"));
      assertEquals("STORED", client.ask("set b 0 0 1\r\n2\r\n"));
      client.send("get" + " a missing b".repeat(keys / 3) + "\r\n");
      String pair = "VALUE a 0 1\r\n1\r\nVALUE b 0 1\r\n2\r\n";
      String values = pair.repeat(keys / 3);
      assertEquals(values, client.text(values.length()));
      assertEquals("END", client.line());
      int yields = Integer.parseInt(server.statistics().get("conn_yields"));
      assertTrue(yields >= keys / 1024 - 1, "conn_yields " + yields);
      // A key that is too long, behind all of them: nothing has been sent yet.
      client.send("get" + " a".repeat(5_000) + " " + "x".repeat(251) + "\r\n");
      assertEquals("CLIENT_ERROR bad command line format", client.line());
    }
  }

  /// Several connections with more than their share each fill the turn's output together, so that
  /// making room for one sends, and sticks, another that is still in the line.
  @Test
  void aSlowReaderAmongLongPipelinesLosesNothing() throws Exception {
    int keys = 40;
    int batches = 100;
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).threads(1).build());
        Client slow = new Client(server);
        Client one = new Client(server);
        Client two = new Client(server);
        Client three = new Client(server)) {
      StringBuilder batch = new StringBuilder();
      StringBuilder answers = new StringBuilder();
      for (int key = 0; key < keys; key++) {
        String value = Character.toString('A' + key % 26).repeat(2900) + key;
        String line = "k" + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
        assertEquals("STORED", one.ask("set " + line));
        batch.append("get k").append(key).append("\r\n");
        answers.append("VALUE k").append(key).append(" 0 ").append(value.length());
        answers.append("\r\n").append(value).append("\r\nEND\r\n");
      }
      String expected = answers.toString();
      slow.send(batch.toString().repeat(batches));
      for (int i = 0; i < batches; i++) {
        for (Client client : new Client[] {one, two, three}) {
          client.send(batch.toString());
        }
        for (Client client : new Client[] {one, two, three}) {
          assertEquals(expected, client.text(expected.length()));
        }
      }
      for (int i = 0; i < batches; i++) {
        assertEquals(expected, slow.text(expected.length()));
      }
    }
  }
}
