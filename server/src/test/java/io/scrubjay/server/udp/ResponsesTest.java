package io.scrubjay.server.udp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.stats.WorkerCounters;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Responses leave whole and in order through a socket that has no room most of the time; the held
/// ones are bounded.
final class ResponsesTest {
  private static final int REQUEST_ID = 77;

  private final Responses responses = new Responses(new WorkerCounters());
  private final ReluctantSocket socket = new ReluctantSocket();

  @AfterEach
  void close() {
    responses.close();
  }

  private void add(String text) {
    responses.take(MemorySegment.ofArray(text.getBytes(ISO_8859_1)), 0, text.length());
  }

  private void sendAll() {
    int calls = 0;
    while (!responses.send(socket, REQUEST_ID)) {
      calls++;
      assertTrue(calls < 10_000, "never sent");
    }
  }

  @Test
  void aSocketWithoutRoomIsGoneOnWithWhereItStopped() {
    List<String> expected = new ArrayList<>();
    for (int bytes : new int[] {0, 1, 1391, 1392, 1393, 0, 5000, 140_000, 3}) {
      String text = Character.toString('a' + bytes % 26).repeat(bytes);
      add(text);
      responses.end();
      int datagrams = (bytes + 1391) / 1392;
      for (int i = 0; i < Math.max(datagrams, 1); i++) {
        String part = text.substring(i * 1392, Math.min(bytes, (i + 1) * 1392));
        expected.add(REQUEST_ID + " " + i + "/" + datagrams + " " + part);
      }
    }
    sendAll();
    assertEquals(expected, socket.sent);
    assertTrue(responses.isEmpty());
  }

  @Test
  void anUnfinishedResponseStaysBehindWhatIsSent() {
    add("first");
    responses.end();
    add("sec");
    sendAll();
    assertTrue(responses.unfinished());
    add("ond");
    responses.end();
    sendAll();
    assertEquals(List.of("77 0/1 first", "77 0/1 second"), socket.sent);
  }

  @Test
  void fullIsToldByCountAndByBytes() {
    for (int i = 1; i < Responses.HELD_MAX; i++) {
      responses.end();
      assertFalse(responses.full());
    }
    responses.end();
    assertTrue(responses.full());
    sendAll();
    assertFalse(responses.full());
    add("v".repeat(Responses.HELD_BYTES_MAX));
    assertTrue(responses.full());
    responses.drop();
    assertFalse(responses.full());
  }
}
