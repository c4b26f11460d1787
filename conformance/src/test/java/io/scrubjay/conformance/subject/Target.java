package io.scrubjay.conformance.subject;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A running server on a loopback port. Ownership: whoever started it closes it.
public interface Target extends AutoCloseable {
  int port();

  /// Where it takes datagrams; it must have been started with `-U`.
  int udpPort();

  /// The server's idea of Unix time.
  long epochSeconds();

  /// Moves the server's clock. Errors: `UnsupportedOperationException` when it has only the real
  /// one.
  void advanceSeconds(int seconds);

  /// Memory that the server's process holds now.
  long residentBytes() throws IOException;

  /// Fails when the server kept anything of clients that are gone. Only a server in this process
  /// can look inside; a black box has its statistics alone.
  default void assertNothingLeaked() {}

  @Override
  void close() throws IOException;

  /// A kind of server that can be started.
  interface Kind {
    String name();

    /// Starts one with memcached's `flags`, on a free port, with one worker unless `-t` says other.
    Target start(List<String> flags) throws IOException;

    /// Tests can move its clock.
    boolean movableClock();

    /// It answers as 1.6.45 does; otherwise rows that say `memcached differs` don't apply.
    boolean newest();

    /// Folders of transcripts that it is held to, below `transcripts/`.
    List<String> transcriptFolders();

    /// Transcripts in those folders that it does not keep yet, with what they wait for.
    Map<String, String> awaited();
  }
}
