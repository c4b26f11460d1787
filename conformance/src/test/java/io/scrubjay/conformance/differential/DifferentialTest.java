package io.scrubjay.conformance.differential;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.NeedsMemcached;
import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// A few seconds of it in every build, always the same; longer with a seed that nobody has seen:
///
/// `./mvnw -pl conformance -am test -Dtest=DifferentialTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Ddifferential.seed=fresh -Ddifferential.commands=1000000 -Ddifferential.seconds=300`
///
/// It ends when as many commands were sent or as many seconds are over. A difference fails it, with
/// the seed to give for `fresh` to see it again and the shortest history that shows it. The
/// property `differential.protocols` names some of [Protocol]; without it, all are spoken. With
/// `differential.engine=lldb` it is the persistent engine that runs so long.
@NeedsMemcached
class DifferentialTest {
  private static final long COMMANDS_IN_EVERY_BUILD = 6_000;
  private static final long SEED = seed(System.getProperty("differential.seed", "20261122"));
  private static final long COMMANDS =
      Long.getLong("differential.commands", COMMANDS_IN_EVERY_BUILD);
  private static final Target.Kind ENGINE =
      engine(System.getProperty("differential.engine", "slab"));
  private static final long SECONDS = Long.getLong("differential.seconds", 20);

  /// If this one fails, the comparison itself depends on chance. A short one tells.
  @Test
  void memcachedAgreesWithItself() throws IOException {
    var memcached = MemcachedTarget.installed().orElseThrow();
    agree(memcached, memcached, COMMANDS_IN_EVERY_BUILD);
  }

  @Test
  void scrubjayAnswersAsMemcachedDoes() throws IOException {
    agree(MemcachedTarget.installed().orElseThrow(), ENGINE, COMMANDS);
  }

  /// A short one in every build.
  @Test
  void soItDoesWithThePersistentEngine() throws IOException {
    agree(
        MemcachedTarget.installed().orElseThrow(),
        ScrubjayTarget.PERSISTENT,
        COMMANDS_IN_EVERY_BUILD);
  }

  private static Target.Kind engine(String given) {
    return switch (given) {
      case "slab" -> ScrubjayTarget.KIND;
      case "lldb" -> ScrubjayTarget.PERSISTENT;
      default -> throw new IllegalArgumentException("differential.engine = " + given);
    };
  }

  private static long seed(String given) {
    return given.equals("fresh")
        ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000)
        : Long.parseLong(given);
  }

  private static Set<Protocol> protocols() {
    String given = System.getProperty("differential.protocols", "");
    var all = EnumSet.allOf(Protocol.class);
    all.removeIf(
        protocol -> !given.isEmpty() && !List.of(given.split(",")).contains("" + protocol));
    return all;
  }

  private static void agree(Target.Kind left, Target.Kind right, long commands) throws IOException {
    System.out.printf("differential: %s, %s, seed %d%n", left.name(), right.name(), SEED);
    var duel = new Duel(left, right, protocols());
    long sent = duel.run(SEED, commands, Duration.ofSeconds(SECONDS));
    System.out.printf(
        "differential: %s and %s agree on %d commands, seed %d%n",
        left.name(), right.name(), sent, SEED);
    assertTrue(sent > 0);
  }
}
