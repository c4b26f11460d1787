package io.scrubjay.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.net.Networks;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/// The generator against the smallest server that answers `get` and `set`.
final class LoadTest {
  private static final Workload SMALL = new Workload(4, 3, 0.3, 50, 100, 12, 0.9, 2, 2, 3, false);

  /// A thread per connection; `spoil` may change what a get answers.
  private record TinyServer(
      ServerSocket listener, Map<String, String> items, UnaryOperator<String> spoil)
      implements AutoCloseable {

    static TinyServer start(UnaryOperator<String> spoil) throws IOException {
      var listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
      var server = new TinyServer(listener, new ConcurrentHashMap<>(), spoil);
      Thread.ofVirtual().start(server::accept);
      return server;
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listener.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException _) {
        // closed: the test is over
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        InputStream input = new BufferedInputStream(socket.getInputStream());
        for (String line = line(input); !line.isEmpty(); line = line(input)) {
          String[] words = line.split(" ", -1);
          socket.getOutputStream().write(answer(words, input).getBytes(US_ASCII));
        }
      } catch (IOException _) {
        // the generator closed
      }
    }

    private String answer(String[] words, InputStream input) throws IOException {
      if (words[0].equals("set")) {
        int bytes = Integer.parseInt(words[4]);
        String value = new String(input.readNBytes(bytes + 2), US_ASCII);
        items.put(words[1], words[4] + "\r\n" + value);
        return "STORED\r\n";
      }
      var answer = new StringBuilder();
      for (int i = 1; i < words.length; i++) {
        answer.append("VALUE " + words[i] + " 0 " + items.get(words[i]));
      }
      return spoil.apply(answer.append("END\r\n").toString());
    }

    private static String line(InputStream input) throws IOException {
      var line = new StringBuilder();
      for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }

    InetSocketAddress address() {
      return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  @Test
  void aLoadIsAnsweredAndItsLatenciesRecorded() throws Exception {
    try (var server = TinyServer.start(answer -> answer)) {
      Preload.run(server.address(), SMALL);
      try (Load load = Load.start(Networks.preferred(), server.address(), SMALL)) {
        load.record(true);
        load.await(0, 2000);
        Histogram latencyNanos = load.end();
        assertTrue(load.answered() >= 2000, "answered " + load.answered());
        assertTrue(latencyNanos.getTotalCount() > 1000, "" + latencyNanos.getTotalCount());
        assertEquals(0, load.misses());
      }
    }
  }

  @Test
  void anUnexpectedAnswerEndsTheRunWithItsBytes() throws Exception {
    try (var server = TinyServer.start(answer -> answer.replace(" 0 50", " 0 51"))) {
      Preload.run(server.address(), SMALL);
      try (Load load = Load.start(Networks.preferred(), server.address(), SMALL)) {
        var failure =
            assertThrows(IllegalStateException.class, () -> load.await(0, Long.MAX_VALUE));
        assertTrue(failure.toString().contains(" 0 51\\r\\n"), failure.toString());
      }
    }
  }
}
