package io.scrubjay.conformance.subject;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The memcached that is on the `PATH` (Debian's 1.6.18), as a process of its own.
///
/// With environment variable `SCRUBJAY_REQUIRE_TOOLS=1` a missing one is a failure; without it the
/// tests that need it are reported as skipped. With `SCRUBJAY_REAL_TIME=1` its clock moves by
/// waiting, so that rows about expiry can be checked against it too.
public final class MemcachedTarget implements Target {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(10);

  /// The kind, or empty when no memcached is installed and none is required.
  public static Optional<Kind> installed() {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    var program =
        Stream.of(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, "memcached"))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty() && "1".equals(System.getenv("SCRUBJAY_REQUIRE_TOOLS"))) {
      throw new AssertionError("SCRUBJAY_REQUIRE_TOOLS=1 but no memcached on the PATH: " + path);
    }
    return program.map(Installed::new);
  }

  public static boolean isInstalled() {
    return installed().isPresent();
  }

  private record Installed(Path program) implements Kind {
    @Override
    public String name() {
      return "memcached";
    }

    @Override
    public Target start(List<String> flags) throws IOException {
      return MemcachedTarget.start(program, flags);
    }

    @Override
    public boolean movableClock() {
      return "1".equals(System.getenv("SCRUBJAY_REAL_TIME"));
    }

    @Override
    public boolean newest() {
      return false;
    }

    @Override
    public List<String> transcriptFolders() {
      return TranscriptFolders.MEMCACHED;
    }

    @Override
    public Map<String, String> awaited() {
      return Map.of();
    }
  }

  private final Process process;
  private final Path folder;
  private final int port;

  /// 0 without UDP.
  private final int udpPort;

  private MemcachedTarget(Process process, Path folder, int port, int udpPort) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.udpPort = udpPort;
  }

  private static Target start(Path program, List<String> flags) throws IOException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of("-l", "127.0.0.1", "-p", "-1", "-U", "0"));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "root"));
    }
    if (!flags.contains("-t")) {
      command.addAll(List.of("-t", "1"));
    }
    command.addAll(flags);
    Path folder = Files.createTempDirectory("memcached");
    Path portFile = folder.resolve("port");
    Path log = folder.resolve("log");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
    Process process = builder.start();
    long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (!Files.exists(portFile)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException(command + " did not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    // "TCP INET: 41234": written under another name and renamed, so it is whole
    int tcp = port(portFile, "TCP");
    return new MemcachedTarget(process, folder, tcp, port(portFile, "UDP"));
  }

  private static int port(Path portFile, String transport) throws IOException {
    return Files.readAllLines(portFile).stream()
        .filter(line -> line.startsWith(transport))
        .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int udpPort() {
    return udpPort;
  }

  @Override
  public long epochSeconds() {
    return System.currentTimeMillis() / 1000;
  }

  @Override
  public void advanceSeconds(int seconds) {
    // its tick may come up to a second late
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1000L * seconds + 1100);
    for (long left = 1; left > 0; left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public long residentBytes() throws IOException {
    return ResidentMemory.bytes(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
