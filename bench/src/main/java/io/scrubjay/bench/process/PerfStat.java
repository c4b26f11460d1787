package io.scrubjay.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `perf stat` attached to a process for a while.
///
/// Errors: an event that the machine doesn't count is absent from the results; none of them is ever
/// made up. Threads: one controlling thread.
public final class PerfStat implements AutoCloseable {
  private static final String COUNTS = "counts.csv";
  private static final String ACKNOWLEDGEMENT = "ack\n\0";
  private static final int END_SECONDS_MAX = 10;

  private final Process perf;
  private final Path folder;
  private final RandomAccessFile control;
  private final RandomAccessFile acknowledge;

  /// Opens the fifos for reading and writing, which never waits for the other side.
  private PerfStat(Process perf, Path folder, Path control, Path acknowledge) throws IOException {
    this.perf = perf;
    this.folder = folder;
    this.control = new RandomAccessFile(control.toFile(), "rw");
    this.acknowledge = new RandomAccessFile(acknowledge.toFile(), "rw");
  }

  /// Which of `events` can be counted here, by trying each on a short command.
  public static List<String> countable(List<String> events)
      throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    for (String event : events) {
      Path output = Files.createTempFile("bench-perf", ".csv");
      try {
        int status =
            new ProcessBuilder("perf", "stat", "-x,", "-o", output.toString(), "-e", event, "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status == 0 && parse(Files.readAllLines(output)).containsKey(event)) {
          found.add(event);
        }
      } catch (IOException _) {
        return List.of(); // no perf on this machine
      } finally {
        Files.deleteIfExists(output);
      }
    }
    return found;
  }

  /// Attaches to all threads of `pid`, counting nothing yet.
  public static PerfStat attach(long pid, List<String> events)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench-perf");
    Path control = folder.resolve("control");
    Path acknowledge = folder.resolve("acknowledge");
    run("mkfifo", control.toString(), acknowledge.toString());
    Process process =
        new ProcessBuilder(
                "perf",
                "stat",
                "-x,",
                "--delay",
                "-1",
                "--control",
                "fifo:" + control + "," + acknowledge,
                "-o",
                folder.resolve(COUNTS).toString(),
                "-e",
                String.join(",", events),
                "-p",
                Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new PerfStat(process, folder, control, acknowledge);
  }

  /// Counting begins; returns when it has.
  public void enable() throws IOException {
    order("enable");
  }

  /// Counting stops; returns when it has.
  public void disable() throws IOException {
    order("disable");
  }

  private void order(String word) throws IOException {
    control.write((word + "\n").getBytes(US_ASCII));
    for (int i = 0; i < ACKNOWLEDGEMENT.length(); i++) {
      int got = acknowledge.read();
      if (got != ACKNOWLEDGEMENT.charAt(i)) {
        throw new IOException("perf stat answers " + word + " with byte " + got);
      }
    }
  }

  /// The counts by event name; perf ends.
  public Map<String, Double> counts() throws IOException, InterruptedException {
    // perf prints its counts on SIGINT, which Process can't send
    run("kill", "-INT", Long.toString(perf.pid()));
    if (!perf.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new IOException("perf stat doesn't end");
    }
    return parse(Files.readAllLines(folder.resolve(COUNTS)));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ends with " + status);
    }
  }

  /// Lines of `perf stat -x,`: count, unit, event name, and more.
  static Map<String, Double> parse(List<String> lines) {
    Map<String, Double> counts = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (fields.length > 2 && fields[0].matches("[0-9.]+")) {
        counts.put(fields[2], Double.parseDouble(fields[0]));
      }
    }
    return counts;
  }

  @Override
  public void close() {
    perf.destroyForcibly();
    try {
      control.close();
      acknowledge.close();
      Folders.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
