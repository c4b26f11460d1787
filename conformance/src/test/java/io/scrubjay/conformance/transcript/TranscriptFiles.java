package io.scrubjay.conformance.transcript;

import io.scrubjay.testkit.transcript.Transcript;
import io.scrubjay.testkit.transcript.TranscriptParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The `*.mct` files of this module, by folder.
final class TranscriptFiles {
  private static final Path ROOT = Path.of("src/test/resources/transcripts");

  private TranscriptFiles() {}

  /// All of a folder, sorted by name. Errors: `AssertionError` when there are none.
  static List<Transcript> in(String folder) {
    try (var files = Files.list(ROOT.resolve(folder))) {
      var all =
          files
              .filter(file -> file.toString().endsWith(".mct"))
              .sorted()
              .map(TranscriptFiles::read)
              .toList();
      if (all.isEmpty()) {
        throw new AssertionError("no transcripts in " + ROOT.resolve(folder).toAbsolutePath());
      }
      return all;
    } catch (IOException e) {
      throw new AssertionError("no transcripts: " + ROOT.resolve(folder).toAbsolutePath(), e);
    }
  }

  private static Transcript read(Path file) {
    String path = ROOT.relativize(file).toString();
    try {
      return TranscriptParser.parse(
          path.substring(0, path.length() - ".mct".length()), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
