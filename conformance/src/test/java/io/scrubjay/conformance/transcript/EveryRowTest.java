package io.scrubjay.conformance.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each numbered row of the behaviour inventory's protocol sections and quirks is named by a
/// transcript or a test: by its file's name, or by a word in it. (Main code that names a row shows
/// nothing.)
final class EveryRowTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("\\b[TXBQ]-\\d\\d\\b");

  private static final List<String> ROWS =
      Stream.of(
              rows("T", 1, 12),
              rows("T", 20, 33),
              rows("X", 1, 13),
              rows("B", 1, 9),
              rows("Q", 1, 19))
          .flatMap(rows -> rows)
          .toList();

  @Test
  void everyRowIsNamed() throws IOException {
    var named =
        Stream.concat(testSources(), transcripts())
            .flatMap(text -> ROW.matcher(text).results())
            .map(match -> match.group())
            .collect(Collectors.toSet());
    assertEquals(List.of(), ROWS.stream().filter(row -> !named.contains(row)).toList());
  }

  private static Stream<String> rows(String kind, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(number -> "%s-%02d".formatted(kind, number));
  }

  private static Stream<String> testSources() throws IOException {
    return files("Test.java", "Contract.java").stream().map(EveryRowTest::text);
  }

  private static Stream<String> transcripts() throws IOException {
    return files(".mct").stream().map(file -> file.getFileName() + "\n" + text(file));
  }

  private static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT)) {
      return files
          .filter(file -> file.toString().contains("/src/test/"))
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
