package io.scrubjay.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrubjay.net.StreamSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class MemoryStreamSocketTest {
  private final MemoryStreamSocket socket = new MemoryStreamSocket(7);
  private final MemoryPeer peer = socket.peer();
  private final MemorySegment buffer = Arena.ofAuto().allocate(16);

  @Test
  void givesWhatThePeerSentThenWouldBlock() {
    peer.send("hello");
    assertEquals("hello", read(16));
    assertEquals(StreamSocket.WOULD_BLOCK, socket.read(buffer, 0, 16));
  }

  @Test
  void readsGoAsScriptedThenFreely() {
    peer.send("abcdef");
    peer.limitReads(1, 0, 2);
    assertEquals("a", read(16));
    assertEquals(StreamSocket.WOULD_BLOCK, socket.read(buffer, 0, 16));
    assertEquals("bc", read(16));
    assertEquals("def", read(16));
  }

  @Test
  void writesGoAsScriptedThenFreely() {
    buffer.setString(0, "abcdef", ISO_8859_1);
    peer.limitWrites(2, 0);
    peer.blockWrites(true);
    assertEquals(2, socket.write(buffer, 0, 6));
    assertEquals(StreamSocket.WOULD_BLOCK, socket.write(buffer, 2, 4));
    assertEquals(StreamSocket.WOULD_BLOCK, socket.write(buffer, 2, 4));
    peer.blockWrites(false);
    assertEquals(4, socket.write(buffer, 2, 4));
    assertEquals("abcdef", peer.received());
    assertEquals("", peer.received());
  }

  @Test
  void aClosedPeerIsTheEndAfterWhatItSent() {
    peer.send("bye");
    peer.close();
    assertEquals("bye", read(16));
    assertEquals(StreamSocket.CLOSED, socket.read(buffer, 0, 16));
    assertEquals(1, socket.write(buffer, 0, 1));
  }

  @Test
  void aResetIsTheEndAtOnce() {
    peer.send("lost");
    peer.reset();
    assertEquals(StreamSocket.CLOSED, socket.read(buffer, 0, 16));
    assertEquals(StreamSocket.CLOSED, socket.write(buffer, 0, 1));
  }

  @Test
  void theCallersMistakesAreRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> socket.read(buffer, 1, 16));
    assertThrows(IllegalArgumentException.class, () -> socket.write(buffer, 0, 0));
  }

  private String read(int bytes) {
    int count = socket.read(buffer, 0, bytes);
    return new String(buffer.asSlice(0, count).toArray(JAVA_BYTE), ISO_8859_1);
  }
}
