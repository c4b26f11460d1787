package io.scrubjay.conformance.differential;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import io.scrubjay.conformance.subject.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// Two kinds of server, episode after episode, until enough commands were sent or time is up.
///
/// Errors: `AssertionError` with the shortest history that still differs, both answers, and the
/// command that plays this episode again.
record Duel(Target.Kind left, Target.Kind right, Set<Protocol> protocols) {
  private static final int EPISODE_COMMANDS = 300;

  /// memcached's background threads hold items for a moment, and an `incr` of an item that somebody
  /// holds doesn't keep its length: without them, answers follow from commands alone.
  private static final List<String> FLAGS =
      List.of("-m", "1024", "-o", "no_lru_crawler,no_lru_maintainer");

  private boolean avoidKnown() {
    return left.newest() != right.newest();
  }

  /// Answers how many commands were sent. Episode `n` of a run is the first of a run with seed
  /// `seed + n`.
  long run(long seed, long commands, Duration atMost) throws IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long sent = 0;
    try (var leftServer = left.start(FLAGS);
        var rightServer = right.start(FLAGS);
        var leftPlayer = player(left, leftServer);
        var rightPlayer = player(right, rightServer);
        var leftThread = Executors.newSingleThreadExecutor()) {
      // One thread for each, as they mostly wait.
      for (long at = seed; sent < commands && System.nanoTime() < deadline; at++) {
        var episode = Generator.episode(at, EPISODE_COMMANDS, protocols, avoidKnown());
        sent += episode.size();
        var leftPlaying = leftThread.submit(() -> answers(leftPlayer, episode));
        var rightAnswers = answers(rightPlayer, episode);
        var leftAnswers = result(leftPlaying);
        if (!leftAnswers.equals(rightAnswers)) {
          throw failure(at, episode, firstDifference(leftAnswers, rightAnswers));
        }
      }
    }
    return sent;
  }

  private Player player(Target.Kind kind, Target server) throws IOException {
    return new Player(server, avoidKnown() && kind.newest());
  }

  private List<String> answers(Player player, List<Command> episode) throws IOException {
    var answers = player.play(episode).stream();
    if (right.equals(ScrubjayTarget.PERSISTENT)) {
      answers = answers.map(Incidental::withoutSlabClasses);
    }
    return (avoidKnown() ? answers.map(KnownDifference::normalised) : answers)
        .map(Incidental::blurred)
        .toList();
  }

  private static List<String> result(Future<List<String>> playing) throws IOException {
    try {
      return playing.get();
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private String engine() {
    return right.equals(ScrubjayTarget.PERSISTENT) ? " -Ddifferential.engine=lldb" : "";
  }

  private boolean differsOnFreshServers(List<Command> episode) throws IOException {
    try (var leftServer = left.start(FLAGS);
        var rightServer = right.start(FLAGS);
        var leftPlayer = player(left, leftServer);
        var rightPlayer = player(right, rightServer)) {
      return !answers(leftPlayer, episode).equals(answers(rightPlayer, episode));
    }
  }

  /// The first line that is not the same on both sides.
  private String firstDifference(List<String> leftAnswers, List<String> rightAnswers) {
    var leftLines = String.join("\n", leftAnswers).lines().toList();
    var rightLines = String.join("\n", rightAnswers).lines().toList();
    int at = 0;
    while (at < Math.min(leftLines.size(), rightLines.size())
        && leftLines.get(at).equals(rightLines.get(at))) {
      at++;
    }
    return "first difference, line %d%n%s: %s%n%s: %s%n"
        .formatted(
            at + 1, left.name(), around(leftLines, at), right.name(), around(rightLines, at));
  }

  private static String around(List<String> lines, int at) {
    return lines.subList(Math.max(0, at - 3), Math.min(lines.size(), at + 2)).stream()
        .map(line -> line.length() > 120 ? line.substring(0, 120) + "…" : line)
        .collect(Collectors.joining(" | "));
  }

  private AssertionError failure(long seed, List<Command> episode, String first)
      throws IOException {
    boolean again = differsOnFreshServers(episode);
    var shortest = again ? Shrinker.shrunk(episode, this::differsOnFreshServers) : episode;
    var message = new StringBuilder();
    message.append("%s and %s differ, seed %d%n".formatted(left.name(), right.name(), seed));
    message.append(
        "replay: ./mvnw -pl conformance -am test -Dtest=DifferentialTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Ddifferential.seed=%d -Ddifferential.commands=%d%s%n"
                .formatted(seed, EPISODE_COMMANDS, engine()));
    message.append(first);
    if (!again) {
      message.append("fresh servers agree on this episode: what came before it matters\n");
    }
    message.append(shortest.stream().map(Command::toString).collect(Collectors.joining("\n")));
    for (var kind : List.of(left, right)) {
      try (var server = kind.start(FLAGS);
          var player = player(kind, server)) {
        message.append("\n--- ").append(kind.name()).append(" answers\n");
        message.append(String.join("\n", answers(player, shortest)));
      }
    }
    return new AssertionError(message.toString());
  }
}
