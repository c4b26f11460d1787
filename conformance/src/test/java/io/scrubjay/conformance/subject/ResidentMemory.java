package io.scrubjay.conformance.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Memory of a process as the kernel counts it. Linux only, like the servers compared.
final class ResidentMemory {
  private ResidentMemory() {}

  static long bytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS of process " + pid);
  }
}
