package io.scrubjay.conformance.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// libmemcached's conformance tool, in text and binary, against both servers in the same run.
class MemccapableTest {
  private static final int TESTS = 54;

  /// On its standard output, a name with blanks up to a column; a failure's word is on the other
  /// one.
  private static final Pattern OUTCOME =
      Pattern.compile("((?:ascii|binary) [a-z ]+?) {2,}(\\[pass])?");

  /// They send `delete` with a second word and want an error. 1.6.45 ignores such a word, which
  /// transcript `2.4/delete-ignores-a-second-word` shows, and fails them too; 1.6.18 minds.
  private static final Set<String> FAILED_BY_THE_NEWEST =
      Set.of("ascii delete", "ascii delete noreply");

  @Test
  void whatMemcachedPassesScrubjayPasses() throws Exception {
    Target.Kind memcached =
        MemcachedTarget.installed().orElseThrow(() -> Tools.missing("no memcached on the PATH"));
    Outcome theirs = outcome(memcached);
    Outcome ours = outcome(ScrubjayTarget.KIND);

    assertEquals(TESTS, theirs.asked().size(), theirs::toString);
    assertEquals(theirs.asked(), ours.asked());
    Set<String> lost = new TreeSet<>(theirs.passed());
    lost.removeAll(ours.passed());
    lost.removeAll(FAILED_BY_THE_NEWEST);
    assertEquals(Set.of(), lost);
    Set<String> failed = new TreeSet<>(ours.asked());
    failed.removeAll(ours.passed());
    assertEquals(FAILED_BY_THE_NEWEST, failed);
  }

  private static Outcome outcome(Target.Kind kind) throws Exception {
    try (Target target = kind.start(List.of())) {
      ToolRun run;
      try {
        run = ToolRun.of(List.of("memccapable", "-h", "127.0.0.1", "-p", "" + target.port()));
      } catch (IOException notStarted) {
        throw Tools.missing("memccapable can't be run: " + notStarted.getMessage());
      }
      var outcome = new Outcome(new TreeSet<>(), new TreeSet<>());
      var matcher = OUTCOME.matcher(run.stdout());
      while (matcher.find()) {
        outcome.asked().add(matcher.group(1));
        if (matcher.group(2) != null) {
          outcome.passed().add(matcher.group(1));
        }
      }
      return outcome;
    }
  }

  /// Names of its tests.
  private record Outcome(Set<String> asked, Set<String> passed) {}
}
