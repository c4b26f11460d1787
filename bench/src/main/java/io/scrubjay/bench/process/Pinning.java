package io.scrubjay.bench.process;

import java.io.IOException;
import java.util.List;

/// Which cores the server and the generator may use, by `taskset`: `SERVER/GENERATOR` core lists
/// such as `0/1`, or `none`.
public record Pinning(String serverCores, String generatorCores) {

  public static final Pinning NONE = new Pinning("", "");

  /// `auto` is one core each where there are at least two and `taskset` is found.
  public static Pinning parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    if (text.equals("auto")) {
      return Runtime.getRuntime().availableProcessors() > 1 && found()
          ? new Pinning("0", "1")
          : NONE;
    }
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new IllegalArgumentException(
          "--pin = " + text + ", must be auto, none or SERVER/GENERATOR as in 0/1");
    }
    return new Pinning(text.substring(0, slash), text.substring(slash + 1));
  }

  private static boolean found() {
    try {
      return new ProcessBuilder("taskset", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Confines this process, the generator, and whatever threads it starts from now on.
  public void pinGenerator() throws IOException, InterruptedException {
    if (!generatorCores.isEmpty()) {
      String pid = Long.toString(ProcessHandle.current().pid());
      int status =
          new ProcessBuilder("taskset", "-a", "-p", "-c", generatorCores, pid)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IOException("taskset can't confine the generator to cores " + generatorCores);
      }
    }
  }

  public ServerCommand pinServer(ServerCommand command) {
    return serverCores.isEmpty()
        ? command
        : command.withPrefix(List.of("taskset", "-c", serverCores));
  }

  public String summary() {
    return serverCores.isEmpty()
        ? "not pinned"
        : "server on core " + serverCores + ", generator on core " + generatorCores;
  }
}
