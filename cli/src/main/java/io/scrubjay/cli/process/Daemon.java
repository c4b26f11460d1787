package io.scrubjay.cli.process;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// `-d`. A JVM can't fork, so the process starts itself once more, and ends when the new one is
/// ready or has failed: whoever waits for it knows the outcome, and sees what a start prints.
///
/// The second one leads a session of its own, has `/` as its folder unless `-r`, and once it is
/// ready no streams unless it is to be verbose.
final class Daemon {
  private static final String MARK = "scrubjay.daemon";
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final String NATIVE_ENCODING = System.getProperty("native.encoding", "UTF-8");
  private static final int O_RDWR = 2;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private Daemon() {}

  /// True in the process that is to stay.
  static boolean started() {
    return Boolean.getBoolean(MARK);
  }

  /// Starts the process that is to stay and returns this one's exit status.
  static int start(boolean inRootFolder) {
    Posix.require("-d");
    String java = ProcessHandle.current().info().command().orElse("");
    List<String> arguments = arguments();
    if (java.isEmpty() || arguments.isEmpty()) {
      throw new ProcessFailure(ProcessFailure.OS_ERROR, "failed to daemon() in order to daemonize");
    }
    var builder =
        new ProcessBuilder(command(java, arguments))
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    if (inRootFolder) {
      builder.directory(new File("/"));
    }
    try {
      Process process = builder.start();
      return process.getInputStream().read() >= 0 ? 0 : process.waitFor();
    } catch (IOException | InterruptedException failed) {
      throw new ProcessFailure(
          ProcessFailure.OS_ERROR, "failed to daemon() in order to daemonize: " + failed);
    }
  }

  /// This process's. The JDK knows only those that fit into a page of memory.
  private static List<String> arguments() {
    try {
      String all = Files.readString(COMMAND_LINE, Charset.forName(NATIVE_ENCODING));
      String[] words = all.split("\0", -1);
      // The last is what follows the NUL that ends the last argument.
      return List.of(words).subList(1, Math.max(1, words.length - 1));
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /// The same command with the mark set and a class path that any folder will do for.
  static List<String> command(String java, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java, "-D" + MARK + "=true"));
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean path =
          i > 0 && List.of("-cp", "-classpath", "--class-path").contains(arguments.get(i - 1));
      command.add(path ? absolute(argument) : argument);
    }
    return command;
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// Away from the terminal's signals.
  static void leaveSession() {
    int _ = Posix.call("setsid");
  }

  /// Lets the first process end, and the streams go.
  static void ready(boolean verbose) {
    System.out.println();
    System.out.flush();
    try (Arena arena = Arena.ofConfined()) {
      int nothing = Posix.call("open", Posix.string(arena, "/dev/null").address(), O_RDWR);
      if (nothing >= 0) {
        int _ = Posix.call("dup2", nothing, STDOUT);
        int _ = verbose ? 0 : Posix.call("dup2", nothing, STDERR);
        int _ = Posix.call("close", nothing);
      }
    }
  }
}
