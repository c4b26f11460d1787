package io.scrubjay.conformance.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page has every fix that memcached published, and no test that isn't there.
final class TrustPageTest {
  private static final Path PAGE = Path.of("../docs/trust.md");

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\d\\d-\\d\\d) \\| ([^|]+) \\| ([^|]+) \\|$");

  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  private static final List<String> FIXES =
      List.of(
          "07-09 strto conversions",
          "07-09 proxy space over-read",
          "07-09 flag-arg numerics",
          "07-09 unlocked refcount",
          "07-08 null watcher",
          "07-08 key-filter null byte",
          "07-08 detail length clamp",
          "07-08 BE_EVENT space",
          "07-08 segfault on OOM during read",
          "07-08 key-hash-filter underflow",
          "07-08 closed worker again",
          "07-07 slab picker off-by-one",
          "07-07 all-spaces overrun",
          "07-07 mutator crash",
          "07-07 restart runaway read",
          "07-07 uninitialised TLS string",
          "07-07 request_append off-by-one",
          "07-07 watcher UAF",
          "07-06 backend large values",
          "07-06 auth newline crash",
          "07-06 crawler buffer overflow",
          "07-02 refcount overflow",
          "07-02 mcmc security bump",
          "05-12 bodylen signed overflow",
          "05-01 zero-length underflow",
          "05-01 auth reload race",
          "05-01 huge auth token",
          "05-01 binary protocol crash",
          "05-01 `slabs reassign` crashes",
          "04-30 request-nulling under-read",
          "03-05 250-byte key off-by-one",
          "03-05 slab hang/crash",
          "01-13 crash on reload without auth file");

  @Test
  void everyPublishedFixHasItsRowInOrder() throws IOException {
    assertEquals(FIXES, rows().map(row -> row.group(1) + " " + row.group(2)).toList());
  }

  @Test
  void everyRowNamesATestThatExistsOrSaysWhyThereIsNone() throws Exception {
    for (MatchResult row : rows().toList()) {
      List<String> tests = new ArrayList<>();
      for (MatchResult test : TEST.matcher(row.group(3)).results().toList()) {
        var type = Class.forName(getClass().getPackageName() + "." + test.group(1));
        assertTrue(
            Arrays.stream(type.getDeclaredMethods())
                .anyMatch(
                    method ->
                        method.getName().equals(test.group(2))
                            && method.isAnnotationPresent(Test.class)),
            test.group());
        tests.add(test.group());
      }
      assertTrue(
          !tests.isEmpty() || row.group(3).startsWith("does not apply: "), () -> row.group());
    }
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results();
  }
}
