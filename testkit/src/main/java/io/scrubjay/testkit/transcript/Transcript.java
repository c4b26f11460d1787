package io.scrubjay.testkit.transcript;

import java.util.List;

/// A conversation with a server: what clients send and what must come back, byte for byte.
///
/// Immutable. Made by [TranscriptParser], held to by [TranscriptRunner].
///
/// @param name the file's path below the transcripts' folder, without its ending
/// @param serverFlags memcached's flags to start the server with; empty for the shared one
/// @param freshServer the answers depend on everything the server did since it started
/// @param binary its connections speak the binary protocol
/// @param differences what Debian's memcached 1.6.18 does otherwise; empty when it agrees
/// @param steps in order
public record Transcript(
    String name,
    List<String> serverFlags,
    boolean freshServer,
    boolean binary,
    String differences,
    List<Step> steps) {
  public Transcript {
    serverFlags = List.copyOf(serverFlags);
    steps = List.copyOf(steps);
  }

  public boolean ownServer() {
    return freshServer || !serverFlags.isEmpty();
  }

  public boolean movesTheClock() {
    return steps.stream().anyMatch(Step.Advance.class::isInstance);
  }

  /// All requests can go out before the first answer is read: one client, and no request holds
  /// something that an answer says.
  public boolean pipelines() {
    return steps.stream().allMatch(Transcript::pipelines);
  }

  private static boolean pipelines(Step step) {
    return step.client() == 1
        && switch (step) {
          case Step.Send send -> !send.bytes().hasVariables();
          case Step.Expect _, Step.SkipLines _, Step.ExpectClose _ -> true;
          case Step.Barrier _, Step.Silence _, Step.Vanish _, Step.Advance _ -> false;
        };
  }
}
