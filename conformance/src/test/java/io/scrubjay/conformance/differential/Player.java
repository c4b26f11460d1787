package io.scrubjay.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.testkit.transcript.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Plays an episode to one server and keeps every byte that came back.
///
/// One connection speaks at a time: a question on a control connection shows that the server, which
/// has one worker, has read what was sent, and what it answered is collected before the next write.
/// At the end each connection says that nothing more comes and is read until the server closes, so
/// that nothing is missed whatever the timing.
///
/// Threads: confined. Ownership: closes what it opens, per episode.
final class Player implements AutoCloseable {
  private static final int READ_BYTES = 1 << 16;
  private static final int LONG_BYTES = 4_000;
  private static final int LONG_QUESTIONS = 500;

  private final int port;
  private final Peer control;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);

  Player(int port) throws IOException {
    this.port = port;
    this.control = Peer.connect(port);
  }

  /// What came back: per connection, in the order they were opened, the client and its bytes. CAS
  /// are rewritten relative to the episode's first.
  List<String> play(List<Command> episode) throws IOException {
    control.ask("verbosity 0");
    control.ask("flush_all");
    long base = firstCas();
    var lines = new ArrayList<Line>();
    var open = new Line[Generator.CLIENTS];
    int at = 0;
    while (at < episode.size()) {
      int client = episode.get(at).client();
      int end = groupEnd(episode, at);
      Line line = open[client];
      if (line == null || !line.channel.isOpen()) {
        line = new Line(client, connect());
        open[client] = line;
        lines.add(line);
      }
      byte[] bytes = bytes(episode.subList(at, end));
      int before = line.received.size();
      line.send(bytes);
      control.ask("mn");
      line.collect(false);
      // a long write sits in the kernel's buffers for longer than one question takes
      for (int i = 0; bytes.length > LONG_BYTES && i < LONG_QUESTIONS && !line.idle(before); i++) {
        control.ask("mn");
        line.collect(false);
      }
      at = end;
    }
    var answers = new ArrayList<String>();
    for (Line line : lines) {
      line.finish();
      String received = line.received.toString(ISO_8859_1);
      answers.add("client " + line.client + ":\n" + CasNumbers.relative(received, base));
    }
    return answers;
  }

  private static int groupEnd(List<Command> episode, int from) {
    int end = from + 1;
    while (end < episode.size() && episode.get(end).group() == episode.get(from).group()) {
      end++;
    }
    return end;
  }

  private byte[] bytes(List<Command> commands) throws IOException {
    var out = new ByteArrayOutputStream();
    for (Command command : commands) {
      out.writeBytes(command.bytes(command.casKey().isEmpty() ? "" : cas(command.casKey())));
    }
    return out.toByteArray();
  }

  private long firstCas() throws IOException {
    control.send("set first 0 0 1\r\n");
    control.ask("x");
    long cas = Long.parseUnsignedLong(cas("first"));
    control.ask("delete first");
    return cas;
  }

  /// Of `key` now, or 1 when there is none.
  private String cas(String key) throws IOException {
    String line = control.ask("gets " + key);
    if (!line.startsWith("VALUE ")) {
      return "1";
    }
    String[] words = line.split(" ", -1);
    control.read(Integer.parseInt(words[3]) + "\r\nEND\r\n".length());
    return words[4];
  }

  /// A connection that the worker has, not only the kernel: it answered once.
  private SocketChannel connect() throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.write(ByteBuffer.wrap("mn\r\n".getBytes(ISO_8859_1)));
    var answer = ByteBuffer.allocate("MN\r\n".length());
    while (answer.hasRemaining() && channel.read(answer) >= 0) {
      // the rest follows
    }
    return channel;
  }

  @Override
  public void close() throws IOException {
    control.close();
  }

  private final class Line {
    private final int client;
    private final SocketChannel channel;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    Line(int client, SocketChannel channel) {
      this.client = client;
      this.channel = channel;
    }

    /// Reads while it writes: neither side may wait for the other with its buffers full.
    void send(byte[] bytes) throws IOException {
      channel.configureBlocking(false);
      var out = ByteBuffer.wrap(bytes);
      while (out.hasRemaining() && channel.isOpen()) {
        try {
          if (channel.write(out) == 0) {
            control.ask("mn");
          }
        } catch (IOException _) {
          channel.close(); // the server closed in mid-command
          return;
        }
        if (out.hasRemaining()) {
          collect(false);
        }
      }
    }

    /// What has arrived, or with `toClose` everything until the server closes.
    void collect(boolean toClose) throws IOException {
      if (!channel.isOpen()) {
        return;
      }
      channel.configureBlocking(toClose);
      while (true) {
        buffer.clear();
        int n;
        try {
          n = channel.read(buffer);
        } catch (IOException _) {
          n = -1; // a reset: it closed with bytes of ours unread
        }
        if (n > 0) {
          received.write(buffer.array(), 0, n);
        } else if (n == 0) {
          return;
        } else {
          channel.close();
          return;
        }
      }
    }

    /// The server answered the `mn` that the generator puts behind a long command.
    boolean idle(int before) {
      return !channel.isOpen()
          || (received.size() > before && received.toString(ISO_8859_1).endsWith("MN\r\n"));
    }

    void finish() throws IOException {
      if (channel.isOpen()) {
        collect(false);
      }
      if (channel.isOpen()) {
        try {
          channel.shutdownOutput();
        } catch (IOException _) {
          channel.close();
        }
        collect(true);
      }
    }
  }
}
