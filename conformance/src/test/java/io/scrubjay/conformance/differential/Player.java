package io.scrubjay.conformance.differential;

import io.scrubjay.conformance.subject.Target;
import io.scrubjay.testkit.transcript.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Plays an episode to one server and keeps every byte that came back.
///
/// One connection speaks at a time, and the next one only after the server has answered a question
/// put behind the last command, on that same connection: two connections have no order among
/// themselves, not even over loopback. A command that is cut stays open while another one speaks.
/// Behind a broken command, which may swallow the question, the connection's output is closed
/// instead and it is read until the server closes it too.
///
/// Threads: confined. Ownership: closes what it opens, per episode.
final class Player implements AutoCloseable {
  private final Target server;
  private final boolean flushTakesCas;
  private final Peer control;

  /// `flushTakesCas`: take a number behind each flush, see [KnownDifference#M_30].
  Player(Target server, boolean flushTakesCas) throws IOException {
    this.server = server;
    this.flushTakesCas = flushTakesCas;
    this.control = Peer.connect(server.port());
  }

  /// What came back: per connection, in the order they were opened, the client and its bytes, and
  /// last what the server has counted. CAS are rewritten relative to the episode's first.
  List<String> play(List<Command> episode) throws IOException {
    control.ask("verbosity 0");
    control.ask("flush_all");
    long base = firstCas();
    var lines = new ArrayList<Line>();
    try {
      play(episode, lines);
      for (Line line : lines) {
        if (line.isOpen()) {
          line.last(new byte[0]);
        }
      }
    } finally {
      for (Line line : lines) {
        line.close();
      }
    }
    var told = Stream.of("counters\n" + Counters.told(control));
    return Stream.concat(lines.stream().map(line -> line.answers(base)), told).toList();
  }

  private void play(List<Command> episode, List<Line> lines) throws IOException {
    var open = new Line[Generator.CLIENTS];
    var speaking = new HashSet<Integer>();
    int at = 0;
    while (at < episode.size()) {
      at = playGroup(episode, at, open, speaking, lines);
    }
  }

  /// Answers where the next group begins; one that is cut takes the group after it along, unless
  /// that is for a connection which is cut itself.
  private int playGroup(
      List<Command> episode, int at, Line[] open, Set<Integer> speaking, List<Line> lines)
      throws IOException {
    Command first = episode.get(at);
    if (first.isSilence()) {
      server.advanceSeconds(first.seconds());
      return at + 1;
    }
    int end = groupEnd(episode, at);
    var batch = episode.subList(at, end);
    Line line = open(first.client(), open, lines);
    byte[] bytes = bytes(batch);
    if (first.cutAt() > 0 && first.cutAt() < bytes.length) {
      line.begin(Arrays.copyOf(bytes, first.cutAt()));
      control.ask("version"); // answered by the one worker after it has read what was begun
      bytes = Arrays.copyOfRange(bytes, first.cutAt(), bytes.length);
      speaking.add(first.client());
      if (end < episode.size() && !speaking.contains(episode.get(end).client())) {
        end = playGroup(episode, end, open, speaking, lines);
      }
      speaking.remove(first.client());
    }
    if (batch.stream().anyMatch(Command::broken)) {
      line.last(bytes);
    } else {
      line.exchange(bytes, new Barrier(first.binary(), at));
    }
    if (flushTakesCas && KnownDifference.takesCasThere(batch.getLast())) {
      takeCas();
    }
    return end;
  }

  private Line open(int client, Line[] open, List<Line> lines) throws IOException {
    Line line = open[client];
    if (line == null || !line.isOpen()) {
      line = new Line(client, server.port());
      open[client] = line;
      lines.add(line);
    }
    return line;
  }

  private static int groupEnd(List<Command> episode, int from) {
    int end = from + 1;
    while (end < episode.size()
        && episode.get(end).group() == episode.get(from).group()
        && episode.get(end).client() == episode.get(from).client()) {
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
    takeCas();
    return Long.parseUnsignedLong(cas("first"));
  }

  private void takeCas() throws IOException {
    control.send("set first 0 0 1\r\n");
    control.ask("x");
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

  @Override
  public void close() throws IOException {
    control.close();
  }
}
