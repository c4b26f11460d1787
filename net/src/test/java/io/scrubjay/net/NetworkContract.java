package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [Network]'s sockets promise. [PollerContract] goes on with its poller.
@Timeout(20)
abstract class NetworkContract {
  static final int BUFFER_BYTES = 64 * 1024;
  static final int WAIT_MILLIS = 5_000;

  final Network network;
  final Poller poller;
  final Arena arena = Arena.ofShared();
  final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
  final List<Watchable> opened = new ArrayList<>();
  ServerSocket server;

  NetworkContract(Network network) throws IOException {
    this.network = network;
    poller = network.openPoller();
    server = network.listen(loopback(0), 1024);
  }

  @BeforeEach
  void serverIsClosedAfterwards() {
    opened.add(server);
  }

  @AfterEach
  void allIsClosed() {
    for (Watchable socket : opened) {
      poller.forget(socket);
      socket.close();
      socket.close();
    }
    poller.close();
    arena.close();
  }

  @Test
  void acceptAnswersNullWhenNobodyWaits() throws IOException {
    assertNull(server.accept());
  }

  @Test
  void bytesWrittenAtOneEndAreReadAtTheOther() throws IOException {
    Pair pair = connected();
    buffer.set(JAVA_BYTE, 7, (byte) 42);
    assertEquals(1, pair.client().write(buffer, 7, 1));
    awaitReadable(pair.accepted());
    assertEquals(1, pair.accepted().read(buffer, 100, 50));
    assertEquals(42, buffer.get(JAVA_BYTE, 100));
    assertEquals(StreamSocket.WOULD_BLOCK, pair.accepted().read(buffer, 100, 50));
  }

  @Test
  void bothEndsTellTheSameAddresses() throws IOException {
    Pair pair = connected();
    assertEquals(pair.client().localAddress(), pair.accepted().remoteAddress());
    assertEquals(pair.client().remoteAddress(), pair.accepted().localAddress());
    assertEquals(server.localAddress(), pair.client().remoteAddress());
  }

  @Test
  void connectingWhereNobodyListensIsToldAndAnswersClosed() throws IOException {
    ServerSocket gone = network.listen(loopback(0), 1);
    gone.close();
    StreamSocket client = network.connect((InetSocketAddress) gone.localAddress());
    opened.add(client);
    await(client, Poller.WRITE);
    assertEquals(StreamSocket.CLOSED, client.write(buffer, 0, 1));
    assertEquals(StreamSocket.CLOSED, client.read(buffer, 0, 1));
  }

  @Test
  void aFullSocketWouldBlockAndIsWritableOnceItsPeerHasRead() throws IOException {
    Pair pair = connected();
    long written = 0;
    int count = pair.client().write(buffer, 0, BUFFER_BYTES);
    while (count > 0) {
      written += count;
      count = pair.client().write(buffer, 0, BUFFER_BYTES);
    }
    assertEquals(StreamSocket.WOULD_BLOCK, count);
    int[] told = new int[1];
    poller.watch(pair.client(), Poller.WRITE, readiness -> told[0] = readiness);
    assertEquals(0, poller.poll(0));
    long read = 0;
    while (read < written) {
      int got = pair.accepted().read(buffer, 0, BUFFER_BYTES);
      assertNotEquals(StreamSocket.CLOSED, got);
      read += got;
    }
    while (told[0] == 0) {
      poller.poll(WAIT_MILLIS);
    }
    assertEquals(Poller.WRITE, told[0]);
    assertTrue(pair.client().write(buffer, 0, 1) == 1);
  }

  @Test
  void aPeerThatClosedIsToldAsReadableAndAnswersClosedForGood() throws IOException {
    Pair pair = connected();
    assertEquals(3, pair.client().write(buffer, 0, 3));
    pair.client().close();
    awaitReadable(pair.accepted());
    assertEquals(3, pair.accepted().read(buffer, 0, 10));
    awaitReadable(pair.accepted());
    assertEquals(StreamSocket.CLOSED, pair.accepted().read(buffer, 0, 10));
    assertEquals(StreamSocket.CLOSED, pair.accepted().read(buffer, 0, 10));
  }

  @Test
  void endedOutputIsTheEndForThePeerWhichMayGoOn() throws IOException {
    Pair pair = connected();
    assertEquals(3, pair.accepted().write(buffer, 0, 3));
    pair.accepted().endOutput();
    pair.accepted().endOutput();
    awaitReadable(pair.client());
    assertEquals(3, pair.client().read(buffer, 0, 10));
    awaitReadable(pair.client());
    assertEquals(StreamSocket.CLOSED, pair.client().read(buffer, 0, 10));
    assertEquals(5, pair.client().write(buffer, 0, 5));
    awaitReadable(pair.accepted());
    assertEquals(5, pair.accepted().read(buffer, 0, 10));
    assertNull(pair.client().failure());
    assertNull(pair.accepted().failure());
    assertEquals(StreamSocket.CLOSED, pair.accepted().write(buffer, 0, 5));
  }

  @Test
  void aConnectionResetByItsPeerAnswersClosed() throws IOException {
    try (var client = new Socket()) {
      client.connect(server.localAddress());
      StreamSocket accepted = accepted();
      reset(client);
      awaitReadable(accepted);
      assertNull(accepted.failure());
      assertEquals(StreamSocket.CLOSED, accepted.read(buffer, 0, 10));
      String failure = String.valueOf(accepted.failure());
      assertTrue(failure.contains("reset"), failure);
      assertEquals(StreamSocket.CLOSED, accepted.read(buffer, 0, 10));
      assertEquals(StreamSocket.CLOSED, accepted.write(buffer, 0, 10));
      assertEquals(failure, accepted.failure());
    }
  }

  @Test
  void aClosedSocketAnswersClosed() throws IOException {
    Pair pair = connected();
    pair.client().close();
    assertEquals(StreamSocket.CLOSED, pair.client().read(buffer, 0, 10));
    assertEquals(StreamSocket.CLOSED, pair.client().write(buffer, 0, 10));
  }

  @Test
  void memoryOutsideTheSegmentIsRefused() throws IOException {
    StreamSocket client = connected().client();
    long[][] outside = {
      {-1, 1},
      {0, BUFFER_BYTES + 1},
      {BUFFER_BYTES, 1},
      {1, BUFFER_BYTES},
      {0, -1},
      {Long.MAX_VALUE, 1},
      {0, Integer.MAX_VALUE}
    };
    for (long[] range : outside) {
      assertThrows(
          IndexOutOfBoundsException.class, () -> client.read(buffer, range[0], (int) range[1]));
      assertThrows(
          IndexOutOfBoundsException.class, () -> client.write(buffer, range[0], (int) range[1]));
    }
  }

  @Test
  void memoryThatCannotTakeTheBytesIsRefused() throws IOException {
    StreamSocket client = connected().client();
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    MemorySegment readOnly = buffer.asReadOnly();
    MemorySegment freed;
    try (Arena closing = Arena.ofShared()) {
      freed = closing.allocate(8);
    }
    assertThrows(IllegalArgumentException.class, () -> client.read(buffer, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> client.write(buffer, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> client.read(heap, 0, 8));
    assertThrows(IllegalArgumentException.class, () -> client.write(heap, 0, 8));
    assertThrows(IllegalArgumentException.class, () -> client.read(readOnly, 0, 8));
    assertThrows(IllegalStateException.class, () -> client.read(freed, 0, 8));
    assertThrows(IllegalStateException.class, () -> client.write(freed, 0, 8));
    assertEquals(8, client.write(readOnly, 0, 8));
  }

  @Test
  void aPortInUseIsRefusedWithItsAddress() {
    var address = (InetSocketAddress) server.localAddress();
    var refused = assertThrows(BindException.class, () -> network.listen(address, 8));
    assertTrue(String.valueOf(refused.getMessage()).contains(InetText.of(address)));
  }

  @Test
  void anAddressThatIsNotOursIsRefused() throws IOException {
    var foreign = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 0);
    assertThrows(BindException.class, () -> network.listen(foreign, 8));
  }

  @Test
  void aNumberIsGivenOutAgainOnceItsSocketIsClosed() throws IOException {
    ServerSocket first = network.listen(loopback(0), 8);
    int id = first.id();
    first.close();
    ServerSocket second = network.listen(loopback(0), 8);
    opened.add(second);
    assertEquals(id, second.id());
  }

  record Pair(StreamSocket client, StreamSocket accepted) {}

  final Pair connected() throws IOException {
    StreamSocket client = network.connect((InetSocketAddress) server.localAddress());
    opened.add(client);
    StreamSocket accepted = accepted();
    await(client, Poller.WRITE);
    return new Pair(client, accepted);
  }

  final StreamSocket accepted() throws IOException {
    await(server, Poller.READ);
    StreamSocket accepted = server.accept();
    assertNotNull(accepted);
    opened.add(accepted);
    return accepted;
  }

  final void awaitReadable(Watchable socket) throws IOException {
    await(socket, Poller.READ);
  }

  /// Waits on the test's own poller, and leaves the socket unwatched.
  private void await(Watchable socket, int interest) throws IOException {
    int[] told = new int[1];
    poller.watch(socket, interest, readiness -> told[0] = readiness);
    while (told[0] == 0) {
      poller.poll(WAIT_MILLIS);
    }
    poller.forget(socket);
  }

  /// Closes it in a way that its peer is told as a reset.
  @SuppressWarnings("try") // whoever opened it closes it again
  static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
