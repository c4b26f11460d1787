package io.scrubjay.cli;

import io.scrubjay.cli.process.Surroundings;
import io.scrubjay.server.Scrubjay;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A start in miniature, run once after a build: what it loads and uses is what the JVM's
/// ahead-of-time cache holds, so it goes the way of [Main] and then of the first few requests.
final class Rehearsal {
  private static final String REQUESTS =
      """
      version
      set a 1 0 2
      hi
      get a
      gets a b
      incr n 1
      delete a
      stats
      stats settings
      nothing
      quit
      """
          .replace("\n", "\r\n");

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    List<String> arguments = List.of("-p", "-1", "-l", "127.0.0.1", "-vU0", "--threads=1");
    CommandLine.parse(List.of("-q"), Host.system());
    if (!(CommandLine.parse(arguments, Host.system()) instanceof Launch.Run run)) {
      throw new AssertionError("refused: " + arguments);
    }
    try (Scrubjay server = Main.start(run, new Surroundings(run.process()));
        var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.getOutputStream().write(REQUESTS.getBytes(StandardCharsets.US_ASCII));
      System.err.write(socket.getInputStream().readAllBytes());
    }
  }
}
