package io.scrubjay.conformance.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of clients, protocols and operations as text.
final class CompatibilityPage {
  private static final String INTRODUCTION =
      """
      # Which clients work

      Libraries that nobody here wrote, each doing the same everyday work against Scrubjay. The
      tests write this page; a build that finds something else fails. To write it anew, with the
      packages that [`.ci/run`](../../.ci/run) names installed:

      ```
      SCRUBJAY_WRITE_PAGES=1 ./mvnw -q -pl conformance -am test -Dtest=CompatibilityPageTest
      ```

      `ok`: works. `–`: the library has no call for it. `fails`: does not work, on memcached
      neither; what works on memcached and not on Scrubjay fails the build before it comes here.

      """;
  private static final String NOTES =
      """

      Libraries compress, serialise and distribute keys as they like; none of that is seen here.
      With `expiry` a value outlives its storing by a time to live and is gone after it; Dalli's
      script shows the first half only, because Dalli makes every time a time to come.
      `large_value` has 900,000 bytes, `many_keys` asks for 2,000 keys of which half are there.

      libmemcached's conformance tool, `memccapable`, passes 52 of its 54 tests. The two others,
      `ascii delete` and `ascii delete noreply`, want an error for a second word after `delete`,
      which memcached 1.6.45 ignores and so does Scrubjay; 1.6.18, which minds it, passes all 54.

      No library here speaks the meta protocol: those that do are written in Python (meta-memcache),
      Go or Ruby (Dalli 3 and newer), and neither Debian 12 nor Maven Central nor npm
      has one. Meta is compared with memcached itself, by transcripts and by the differential run.
      """;

  private final List<Row> rows = new ArrayList<>();

  /// Cells by operation in lower case.
  private record Row(String library, String protocol, Map<String, String> cells) {}

  void add(String library, String protocol, Map<String, String> outcomes) {
    rows.add(new Row(library, protocol, outcomes));
  }

  /// One line per operation and one column per client and protocol. Without versions: Debian's
  /// change without notice, and a page must not fail a build for that.
  String text() {
    var page = new StringBuilder(INTRODUCTION);
    line(page, Stream.concat(Stream.of("Library"), rows.stream().map(Row::library)));
    line(page, Collections.nCopies(rows.size() + 1, "---").stream());
    line(page, Stream.concat(Stream.of("protocol"), rows.stream().map(Row::protocol)));
    for (Operation operation : Operation.values()) {
      String name = operation.name().toLowerCase(Locale.ROOT);
      line(
          page,
          Stream.concat(Stream.of("`" + name + "`"), rows.stream().map(row -> cell(row, name))));
    }
    return page.append(NOTES).toString();
  }

  private static String cell(Row row, String operation) {
    String outcome = row.cells().get(operation);
    if (outcome == null) {
      throw new AssertionError(row.library() + " was not asked for " + operation);
    }
    return switch (outcome) {
      case "ok" -> "ok";
      case "lacks" -> "–";
      default -> "fails";
    };
  }

  private static void line(StringBuilder page, Stream<String> cells) {
    page.append(cells.collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
