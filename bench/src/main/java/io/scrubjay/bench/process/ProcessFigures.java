package io.scrubjay.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// What /proc tells of a process at one instant, all its living threads summed.
///
/// Shape: counters since its start but for `residentBytes`. Units: a tick is 10 ms, as USER_HZ is
/// 100 on Linux's common architectures; `cpuNanos` is what the scheduler counted, to the
/// nanosecond, and misses threads that have ended. Source: proc(5).
///
/// @param userTicks time in user mode, by the tick
/// @param systemTicks time in the kernel, by the tick
/// @param waitedNanos threads that could run had no core, which others or each other had
/// @param switches voluntary and involuntary context switches
public record ProcessFigures(
    long userTicks,
    long systemTicks,
    long cpuNanos,
    long waitedNanos,
    long switches,
    long residentBytes) {
  public static final double TICKS_PER_SECOND = 100;

  private static final int USER_TICKS_FIELD = 11;
  private static final int SYSTEM_TICKS_FIELD = 12;

  static ProcessFigures of(long pid) throws IOException {
    Path root = Path.of("/proc/" + pid);
    String stat = Files.readString(root.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long cpuNanos = 0;
    long waitedNanos = 0;
    long switches = 0;
    for (Path task : tasks(root)) {
      try {
        String[] schedstat = Files.readString(task.resolve("schedstat")).split(" ", -1);
        cpuNanos += Long.parseLong(schedstat[0]);
        waitedNanos += Long.parseLong(schedstat[1]);
        List<String> status = Files.readAllLines(task.resolve("status"));
        switches +=
            field(status, "voluntary_ctxt_switches:")
                + field(status, "nonvoluntary_ctxt_switches:");
      } catch (NoSuchFileException _) {
        // the thread ended between the listing and the reading
      }
    }
    List<String> status = Files.readAllLines(root.resolve("status"));
    return new ProcessFigures(
        Long.parseLong(fields[USER_TICKS_FIELD]),
        Long.parseLong(fields[SYSTEM_TICKS_FIELD]),
        cpuNanos,
        waitedNanos,
        switches,
        field(status, "VmRSS:") * 1024);
  }

  private static List<Path> tasks(Path root) throws IOException {
    try (var tasks = Files.list(root.resolve("task"))) {
      return tasks.toList();
    }
  }

  private static long field(List<String> status, String name) {
    for (String line : status) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    return 0;
  }
}
