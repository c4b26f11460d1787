package io.scrubjay.conformance.subject;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.testkit.FakeClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Scrubjay in this process, with a clock that only tests move.
public final class ScrubjayTarget implements Target {
  public static final Kind KIND =
      new Kind() {
        @Override
        public String name() {
          return "scrubjay";
        }

        @Override
        public Target start(List<String> flags) throws IOException {
          return new ScrubjayTarget(flags);
        }

        @Override
        public boolean movableClock() {
          return true;
        }

        @Override
        public boolean newest() {
          return true;
        }

        @Override
        public List<String> transcriptFolders() {
          return TranscriptFolders.SCRUBJAY;
        }

        @Override
        public Map<String, String> awaited() {
          return TranscriptFolders.SCRUBJAY_AWAITED;
        }
      };

  private final FakeClock clock = new FakeClock();
  private final Scrubjay server;

  private ScrubjayTarget(List<String> flags) throws IOException {
    server = Scrubjay.start(Flags.options(flags).clock(clock).build());
  }

  @Override
  public int port() {
    return server.address().getPort();
  }

  @Override
  public int udpPort() {
    return server.udpAddresses().getFirst().getPort();
  }

  @Override
  public long epochSeconds() {
    return clock.epochSecondsOf(clock.now());
  }

  @Override
  public void advanceSeconds(int seconds) {
    clock.advanceSeconds(seconds);
  }

  @Override
  public long residentBytes() throws IOException {
    return ResidentMemory.bytes(ProcessHandle.current().pid());
  }

  @Override
  public void close() {
    server.close();
  }
}
