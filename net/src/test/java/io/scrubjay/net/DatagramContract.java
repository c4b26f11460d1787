package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [Network]'s datagram sockets promise.
@Timeout(20)
abstract class DatagramContract {
  private static final int WAIT_MILLIS = 5_000;
  private static final int LONGEST_BYTES = 65_507;

  private final Network network;
  private final Poller poller;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(1 << 16);
  private final DatagramSocket socket;

  DatagramContract(Network network) throws IOException {
    this.network = network;
    poller = network.openPoller();
    socket = network.bindDatagram(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void allIsClosed() {
    poller.forget(socket);
    socket.close();
    socket.close();
    poller.close();
    arena.close();
  }

  @Test
  void aDatagramIsAnsweredToWhoSentIt() throws IOException {
    try (var one = client();
        var other = client()) {
      for (var client : new java.net.DatagramSocket[] {one, other, one}) {
        send(client, new byte[] {1, 2, 3});
        awaitReadable();
        assertEquals(3, socket.receive(buffer, 100, 50));
        assertEquals(2, buffer.get(JAVA_BYTE, 101));
        assertEquals(2, socket.send(buffer, 101, 2));
        assertEquals(1, socket.send(buffer, 100, 1));
        assertArrayEquals(new byte[] {2, 3}, received(client));
        assertArrayEquals(new byte[] {1}, received(client));
      }
    }
  }

  @Test
  void datagramsStayApartAndNoneLeftWouldBlock() throws IOException {
    assertEquals(DatagramSocket.WOULD_BLOCK, socket.receive(buffer, 0, 10));
    try (var client = client()) {
      send(client, new byte[1]);
      send(client, new byte[2]);
      awaitReadable();
      assertEquals(1, socket.receive(buffer, 0, 10));
      awaitReadable();
      assertEquals(2, socket.receive(buffer, 0, 10));
      assertEquals(DatagramSocket.WOULD_BLOCK, socket.receive(buffer, 0, 10));
    }
  }

  @Test
  void theLongestDatagramGoesBothWays() throws IOException {
    try (var client = client()) {
      byte[] sent = new byte[LONGEST_BYTES];
      Arrays.fill(sent, (byte) 7);
      send(client, sent);
      awaitReadable();
      assertEquals(LONGEST_BYTES, socket.receive(buffer, 0, 1 << 16));
      assertEquals(LONGEST_BYTES, socket.send(buffer, 0, LONGEST_BYTES));
      assertArrayEquals(sent, received(client));
    }
  }

  @Test
  void whatIsLongerThanTheRoomIsCutOff() throws IOException {
    try (var client = client()) {
      send(client, new byte[100]);
      send(client, new byte[5]);
      awaitReadable();
      assertEquals(10, socket.receive(buffer, 0, 10));
      awaitReadable();
      assertEquals(5, socket.receive(buffer, 0, 10));
    }
  }

  @Test
  void anEmptyDatagramIsNothing() throws IOException {
    try (var client = client()) {
      send(client, new byte[0]);
      awaitReadable();
      assertEquals(DatagramSocket.WOULD_BLOCK, socket.receive(buffer, 0, 10));
      send(client, new byte[1]);
      awaitReadable();
      assertEquals(1, socket.receive(buffer, 0, 10));
    }
  }

  @Test
  void whatCannotBeSentIsToldAndTheNextOneGoes() throws IOException {
    assertEquals(DatagramSocket.CLOSED, socket.send(buffer, 0, 1));
    try (var client = client()) {
      send(client, new byte[1]);
      awaitReadable();
      assertEquals(1, socket.receive(buffer, 0, 10));
      assertEquals(DatagramSocket.CLOSED, socket.send(buffer, 0, LONGEST_BYTES + 1));
      assertEquals(1, socket.send(buffer, 0, 1));
      assertEquals(1, received(client).length);
    }
  }

  @Test
  void aSenderThatIsGoneDisturbsNobody() throws IOException {
    try (var staying = client()) {
      try (var leaving = client()) {
        send(leaving, new byte[1]);
        awaitReadable();
        assertEquals(1, socket.receive(buffer, 0, 10));
      }
      assertEquals(1, socket.send(buffer, 0, 1));
      send(staying, new byte[2]);
      awaitReadable();
      assertEquals(2, socket.receive(buffer, 0, 10));
      assertEquals(2, socket.send(buffer, 0, 2));
      assertEquals(2, received(staying).length);
    }
  }

  @Test
  void aClosedSocketAnswersClosed() {
    socket.close();
    assertEquals(DatagramSocket.CLOSED, socket.receive(buffer, 0, 10));
    assertEquals(DatagramSocket.CLOSED, socket.send(buffer, 0, 10));
  }

  @Test
  void memoryOutsideTheSegmentIsRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> socket.receive(buffer, 0, 1 << 17));
    assertThrows(IndexOutOfBoundsException.class, () -> socket.send(buffer, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> socket.receive(buffer, 0, 0));
  }

  @Test
  void aPortInUseIsRefusedWithItsAddress() {
    InetSocketAddress address = socket.localAddress();
    var refused = assertThrows(BindException.class, () -> network.bindDatagram(address));
    assertEquals(true, String.valueOf(refused.getMessage()).contains(InetText.of(address)));
  }

  private java.net.DatagramSocket client() throws IOException {
    var client = new java.net.DatagramSocket(0, InetAddress.getLoopbackAddress());
    client.setSoTimeout(WAIT_MILLIS);
    return client;
  }

  private void send(java.net.DatagramSocket client, byte[] bytes) throws IOException {
    client.send(new DatagramPacket(bytes, bytes.length, socket.localAddress()));
  }

  private static byte[] received(java.net.DatagramSocket client) throws IOException {
    var packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
    client.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private void awaitReadable() throws IOException {
    int[] told = new int[1];
    poller.watch(socket, Poller.READ, readiness -> told[0] = readiness);
    while (told[0] == 0) {
      poller.poll(WAIT_MILLIS);
    }
    poller.forget(socket);
  }
}
