package io.scrubjay.conformance.differential;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// A few seconds of it in every build. The long run, with a seed of its own that it prints:
///
/// `./mvnw -pl conformance -am test -Dtest=DifferentialTest -Ddifferential.seed=7
/// -Ddifferential.commands=1000000 -Ddifferential.seconds=3600`
@EnabledIf(
    value = "io.scrubjay.conformance.subject.MemcachedTarget#isInstalled",
    disabledReason = "no memcached on the PATH; SCRUBJAY_REQUIRE_TOOLS=1 makes that a failure")
class DifferentialTest {
  private static final long SEED = Long.getLong("differential.seed", 20_261_122);
  private static final long COMMANDS = Long.getLong("differential.commands", 6_000);
  private static final long SECONDS = Long.getLong("differential.seconds", 20);

  /// If this one fails, the comparison itself depends on chance.
  @Test
  void memcachedAgreesWithItself() throws IOException {
    var memcached = MemcachedTarget.installed().orElseThrow();
    agree(memcached, memcached);
  }

  @Test
  void scrubjayAnswersAsMemcachedDoes() throws IOException {
    agree(MemcachedTarget.installed().orElseThrow(), ScrubjayTarget.KIND);
  }

  private static void agree(Target.Kind left, Target.Kind right) throws IOException {
    long sent = new Duel(left, right).run(SEED, COMMANDS, Duration.ofSeconds(SECONDS));
    System.out.printf(
        "differential: %s and %s agree on %d commands, seed %d%n",
        left.name(), right.name(), sent, SEED);
    assertTrue(sent > 0);
  }
}
