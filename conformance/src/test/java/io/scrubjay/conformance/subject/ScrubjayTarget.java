package io.scrubjay.conformance.subject;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Scrubjay in this process, with a clock that only tests move.
public final class ScrubjayTarget implements Target {
  public static final Kind KIND =
      new Ours("scrubjay", TranscriptFolders.SCRUBJAY, TranscriptFolders.SCRUBJAY_AWAITED) {
        @Override
        public Target start(List<String> flags) throws IOException {
          return new ScrubjayTarget(flags, null);
        }
      };

  /// On a JVM that may make no native calls, as on macOS and Windows: java.nio's poller.
  public static final Kind WITHOUT_NATIVE_ACCESS =
      new Ours(
          "scrubjay without native access",
          TranscriptFolders.SCRUBJAY,
          TranscriptFolders.SCRUBJAY_AWAITED) {
        @Override
        public Target start(List<String> flags) throws IOException {
          if (ScrubjayTarget.class.getModule().isNativeAccessEnabled()) {
            throw new AssertionError(
                "native access is not denied: run the tests of its tag by Maven");
          }
          return new ScrubjayTarget(flags, null);
        }
      };

  /// Tests that run on a JVM of their own, which is denied native access.
  public static final String NATIVE_ACCESS_DENIED = "native-access-denied";

  /// With items on disk, in a folder that goes with it.
  public static final Kind PERSISTENT =
      new Ours(
          "scrubjay with engine=lldb",
          TranscriptFolders.PERSISTENT,
          TranscriptFolders.PERSISTENT_AWAITED) {
        @Override
        public Target start(List<String> flags) throws IOException {
          return new ScrubjayTarget(flags, Files.createTempDirectory("scrubjay-data"));
        }
      };

  private abstract static class Ours implements Kind {
    private final String name;
    private final List<String> folders;
    private final Map<String, String> awaited;

    Ours(String name, List<String> folders, Map<String, String> awaited) {
      this.name = name;
      this.folders = folders;
      this.awaited = awaited;
    }

    @Override
    public String name() {
      return name;
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
      return folders;
    }

    @Override
    public Map<String, String> awaited() {
      return awaited;
    }
  }

  private final FakeClock clock = new FakeClock();
  private final Scrubjay server;
  private final @Nullable Path dataDir;

  private ScrubjayTarget(List<String> flags, @Nullable Path dataDir) throws IOException {
    this.dataDir = dataDir;
    var options =
        dataDir == null
            ? Flags.options(flags, Map.of())
            : Flags.options(flags, Map.of("data_dir", dataDir.toString())).engine("lldb");
    server = Scrubjay.start(options.clock(clock).build());
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
  public void assertNothingLeaked() {
    Await.until(
        "connections and their buffers to be given back",
        () -> {
          Map<String, String> page = server.statistics();
          return "1".equals(page.get("connection_structures")) // its listener's
              && Objects.equals(page.get("read_buf_bytes"), page.get("read_buf_bytes_free"));
        });
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (dataDir != null) {
      removeAll(dataDir);
    }
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
