package io.scrubjay.cli.process;

import io.scrubjay.engine.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// `-P`: the number of this process in a file. What goes wrong is told and nothing more. Source:
/// spec O-P, Q-13.
final class PidFile {
  private PidFile() {}

  static void write(String name, long pid) {
    Path file = Path.of(name);
    Long running = running(file);
    if (running != null && running != pid) {
      System.err.println("WARNING: The pid file contained the following (running) pid: " + running);
    }
    Path temporary = Path.of(name + ".tmp");
    try {
      Files.writeString(temporary, pid + "\n");
    } catch (IOException refused) {
      System.err.println(
          "Could not open the pid file "
              + temporary
              + " for writing: "
              + FileFailure.reason(refused));
      return;
    }
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      System.err.println(
          "Could not rename the pid file from "
              + temporary
              + " to "
              + file
              + ": "
              + FileFailure.reason(refused));
    }
  }

  /// The process that the file names, if it is there.
  private static @Nullable Long running(Path file) {
    try {
      String text = Files.readString(file).strip();
      if (!text.matches("[0-9]{1,18}")) {
        return null;
      }
      long pid = Long.parseLong(text);
      return ProcessHandle.of(pid).isPresent() ? (Long) pid : null;
    } catch (IOException none) {
      return null;
    }
  }

  static void remove(String name) {
    try {
      Files.deleteIfExists(Path.of(name));
    } catch (IOException refused) {
      System.err.println(
          "Could not remove the pid file " + name + ": " + FileFailure.reason(refused));
    }
  }
}
