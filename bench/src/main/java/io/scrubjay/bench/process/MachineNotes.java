package io.scrubjay.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a reader needs to know of the machine and the versions behind a table, as a Markdown list.
public final class MachineNotes {
  private MachineNotes() {}

  public static List<String> lines(String memcached, Path checkout) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return List.of(
        "- processor: "
            + processor()
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores",
        "- system: " + system.getName() + " " + system.getVersion() + " " + system.getArch(),
        "- JDK: "
            + Runtime.version()
            + " ("
            + ManagementFactory.getRuntimeMXBean().getVmVendor()
            + ")",
        "- memcached: " + output(List.of(memcached, "-V")),
        "- Scrubjay: commit "
            + output(List.of("git", "-C", checkout.toString(), "describe", "--always", "--dirty")));
  }

  private static String processor() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException _) {
      return "unknown";
    }
    return "unknown";
  }

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 ? text : "unknown";
    } catch (IOException _) {
      return "unknown";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
