package io.scrubjay.conformance.udp;

import io.scrubjay.conformance.subject.Target;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client that counts its requests and shows what comes back.
///
/// Answers are complete without waiting for silence: after a request an `mn` follows, whose answer
/// one worker sends after all that came before it.
final class UdpClient implements AutoCloseable {
  private static final int WAIT_MILLIS = 5_000;
  private static final int END_ID = 0xfffe;
  private static final byte[] END = "mn\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private int id = 300;

  UdpClient(Target target) throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(WAIT_MILLIS);
    socket.setReceiveBufferSize(4 << 20);
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), target.udpPort());
  }

  /// One datagram of an answer. `text` is its payload as ISO 8859-1.
  record Answer(int sequence, int count, String text) {
    static Answer whole(String text) {
      return new Answer(0, 1, text);
    }

    static Answer empty() {
      return new Answer(0, 0, "");
    }
  }

  List<Answer> ask(String payload) throws IOException {
    return ask(payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  List<Answer> ask(byte[] payload) throws IOException {
    id++;
    send(frame(id, 0, 1, 0, payload));
    return answers();
  }

  List<Answer> ask(int sequence, int count, int reserved, String payload) throws IOException {
    id++;
    send(frame(id, sequence, count, reserved, payload.getBytes(StandardCharsets.ISO_8859_1)));
    return answers();
  }

  void send(byte[] datagram) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, server));
  }

  /// All that came since the last call.
  List<Answer> answers() throws IOException {
    send(frame(END_ID, 0, 1, 0, END));
    var answers = new ArrayList<Answer>();
    while (true) {
      var packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
      socket.receive(packet);
      ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
      int answered = bytes.getShort() & 0xffff;
      int sequence = bytes.getShort() & 0xffff;
      int count = bytes.getShort() & 0xffff;
      int reserved = bytes.getShort();
      byte[] payload = new byte[bytes.remaining()];
      bytes.get(payload);
      if (answered == END_ID) {
        return answers;
      }
      if (answered != id || reserved != 0) {
        throw new AssertionError("id " + answered + ", reserved " + reserved + ", asked " + id);
      }
      answers.add(new Answer(sequence, count, new String(payload, StandardCharsets.ISO_8859_1)));
    }
  }

  static byte[] frame(int id, int sequence, int count, int reserved, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .putShort((short) id)
        .putShort((short) sequence)
        .putShort((short) count)
        .putShort((short) reserved)
        .put(payload)
        .array();
  }

  @Override
  public void close() {
    socket.close();
  }
}
