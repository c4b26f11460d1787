package io.scrubjay.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The files of the checkout that this test runs in: tracked ones and new ones that git would take,
/// or, where there is no git, all but the build's.
final class Checkout {
  static final Path ROOT = root();

  private Checkout() {}

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new AssertionError("no mvnw above " + Path.of("").toAbsolutePath());
    }
    return at;
  }

  /// Paths relative to [#ROOT] with `/` between their names, sorted.
  static Collection<String> files() {
    try {
      Process git =
          new ProcessBuilder("git", "ls-files", "-co", "--exclude-standard")
              .directory(ROOT.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (git.waitFor() == 0) {
        return listed.lines().filter(file -> Files.isRegularFile(ROOT.resolve(file))).toList();
      }
    } catch (IOException noGit) {
      return walked();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
    return walked();
  }

  private static Collection<String> walked() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      var found = new TreeSet<String>();
      files
          .filter(Files::isRegularFile)
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(file -> !file.contains("target/") && !file.startsWith(".git/"))
          .forEach(found::add);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> files(String... endings) {
    List<String> matching = new ArrayList<>();
    for (String file : files()) {
      if (List.of(endings).stream().anyMatch(file::endsWith)) {
        matching.add(file);
      }
    }
    return matching;
  }

  static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
