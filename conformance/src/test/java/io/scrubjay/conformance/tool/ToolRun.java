package io.scrubjay.conformance.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One finished run of a program.
public record ToolRun(int exit, String stdout, String stderr) {
  private static final int SECONDS_MAX = 60;

  /// Runs `command` to its end. Errors: `IOException` when it can't be started; `AssertionError`
  /// when it takes more than [#SECONDS_MAX].
  public static ToolRun of(List<String> command) throws IOException, InterruptedException {
    return of(command, "");
  }

  /// As above; the program is given `input` to read.
  public static ToolRun of(List<String> command, String input)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tool");
    Path stdin = Files.writeString(folder.resolve("stdin"), input);
    Path stdout = folder.resolve("stdout");
    Path stderr = folder.resolve("stderr");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(stdin.toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      var run =
          new ToolRun(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
      if (!ended) {
        throw new AssertionError(command + " did not end: " + run);
      }
      return run;
    } finally {
      Files.delete(stdin);
      Files.deleteIfExists(stdout);
      Files.deleteIfExists(stderr);
      Files.delete(folder);
    }
  }
}
