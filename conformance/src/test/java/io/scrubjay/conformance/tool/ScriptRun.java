package io.scrubjay.conformance.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs what lies in `src/test/scripts`: programs that use somebody else's library, and print a
/// line per thing they have tried.
public final class ScriptRun {
  /// Debian's own: a `PATH` may show another first, which does not find what Debian has installed.
  public static final String PYTHON = "/usr/bin/python3";

  static final String RUBY = "/usr/bin/ruby";

  private static final Path SCRIPTS = Path.of("src", "test", "scripts");

  /// What a script prints first, once the library is loaded, before the version.
  private static final String LOADED = "library ";

  private ScriptRun() {}

  /// By the first word of each line, the rest of it.
  ///
  /// Errors: without the interpreter or the library, the test that asked is skipped or fails as the
  /// environment says; `AssertionError` when the script breaks off.
  public static Map<String, String> outcomes(
      String library, String interpreter, String script, String... arguments)
      throws InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(interpreter, SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    ToolRun run;
    try {
      run = ToolRun.of(command);
    } catch (IOException notStarted) {
      throw Tools.missing(library + " can't be run: " + notStarted.getMessage());
    }
    if (!run.stdout().startsWith(LOADED)) {
      throw Tools.missing(library + " can't be loaded: " + run.stderr());
    }
    if (run.exit() != 0) {
      throw new AssertionError(command + " broke off: " + run);
    }
    List<String> lines = run.stdout().lines().toList();
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int blank = line.indexOf(' ');
      outcomes.put(line.substring(0, blank), line.substring(blank + 1));
    }
    return outcomes;
  }
}
