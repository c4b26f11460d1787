package io.scrubjay.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// One connection of an episode. Every exchange ends at something that the server did after all it
/// was sent: the answer to a question put last, or its closing.
///
/// Threads: confined. Ownership: closes its socket when the server does, or by [#close].
final class Line implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int READ_BYTES = 1 << 16;

  private final int client;
  private final SocketChannel channel;
  private final Selector selector = Selector.open();
  private final SelectionKey key;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private final Received received = new Received();

  Line(int client, int port) throws IOException {
    this.client = client;
    this.channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // a cut request is two writes
    channel.configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /// Who spoke here, and all that came back but the answers to the questions put last. CAS are
  /// rewritten relative to `base`.
  String answers(long base) {
    String bytes = received.toString();
    boolean binary = client >= Generator.TEXT_CLIENTS;
    return "client %d:%n".formatted(client)
        + (binary ? BinaryAnswers.lines(bytes, base) : CasNumbers.relative(bytes, base));
  }

  /// Sends `request` and, in the same write, the barrier; keeps what comes back until its answer.
  void exchange(byte[] request, Barrier barrier) throws IOException {
    byte[] question = barrier.question().getBytes(ISO_8859_1);
    var out = ByteBuffer.allocate(request.length + question.length);
    out.put(request).put(question).flip();
    exchange(out, barrier.answer().getBytes(ISO_8859_1));
  }

  /// Sends the beginning of a request, which is short and answered by nothing yet.
  void begin(byte[] part) throws IOException {
    var out = ByteBuffer.wrap(part);
    while (channel.isOpen() && out.hasRemaining()) {
      write(out, false);
    }
  }

  /// Sends `request`, says that nothing more comes and keeps what comes back until the server
  /// closes.
  void last(byte[] request) throws IOException {
    exchange(ByteBuffer.wrap(request), new byte[0]);
  }

  /// Reads while it writes: neither side may wait for the other with its buffers full.
  private void exchange(ByteBuffer out, byte[] answer) throws IOException {
    boolean last = answer.length == 0;
    if (last && !out.hasRemaining()) {
      channel.shutdownOutput();
    }
    while (channel.isOpen() && (out.hasRemaining() || !received.takeEnd(answer))) {
      key.interestOps(SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
      if (selector.select(ANSWER_WITHIN.toMillis()) == 0) {
        received.add("[open, but silent]".getBytes(ISO_8859_1));
        close();
        return;
      }
      selector.selectedKeys().clear();
      if (out.hasRemaining()) {
        write(out, last);
      }
      read();
    }
  }

  private void write(ByteBuffer out, boolean last) {
    try {
      channel.write(out);
      if (last && !out.hasRemaining()) {
        channel.shutdownOutput();
      }
    } catch (IOException _) {
      out.position(out.limit()); // it closed in mid-command; what it said before is still readable
    }
  }

  private void read() throws IOException {
    while (true) {
      buffer.clear();
      int count;
      try {
        count = channel.read(buffer);
      } catch (IOException _) {
        count = -1; // a reset: it closed with bytes of ours unread
      }
      if (count < 0) {
        close();
      }
      if (count <= 0) {
        return;
      }
      received.add(buffer.array(), count);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close();
  }
}
