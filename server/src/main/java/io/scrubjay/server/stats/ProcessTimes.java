package io.scrubjay.server.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Processor time the process has used, as `sec.usec` with six digits.
///
/// On Linux read from /proc, in clock ticks of 10 ms; elsewhere the JDK knows only the sum, which
/// is then reported as user time.
public record ProcessTimes(String user, String system) {
  private static final Path PROC = Path.of("/proc/self/stat");
  private static final long MICROS_PER_TICK = 10_000;

  /// Fields behind the command's closing parenthesis: utime is the 12th, stime the 13th.
  private static final int USER_FIELD = 11;

  private static final int SYSTEM_FIELD = 12;

  public static ProcessTimes now() {
    try {
      String stat = Files.readString(PROC);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SYSTEM_FIELD + 2);
      return new ProcessTimes(
          text(Long.parseLong(fields[USER_FIELD]) * MICROS_PER_TICK),
          text(Long.parseLong(fields[SYSTEM_FIELD]) * MICROS_PER_TICK));
    } catch (IOException _) {
      Duration total = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      return new ProcessTimes(text(total.toNanos() / 1000), text(0));
    }
  }

  private static String text(long micros) {
    return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
  }
}
