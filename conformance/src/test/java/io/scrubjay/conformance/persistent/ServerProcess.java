package io.scrubjay.conformance.persistent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.scrubjay.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server with the persistent engine, in a process of its own that can be killed. It runs from
/// this test's class path.
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready on 127\\.0\\.0\\.1:(\\d+) ");

  private final Process process;
  private final BufferedReader stderr;
  private final List<String> said = new ArrayList<>();
  private final int port;

  private ServerProcess(Process process) throws Exception {
    this.process = process;
    this.stderr = process.errorReader(UTF_8);
    this.port = Await.result("the server's port", this::awaitReady);
  }

  /// Returns when it answers.
  ///
  /// Errors: `IOException` with what it said when it ends instead.
  static ServerProcess start(Path dataDir, Path libraries, String... suboptions) throws Exception {
    List<String> command = command(libraries);
    command.add("io.scrubjay.cli.Main");
    command.addAll(List.of("-p", "-1", "-t", "2", "-o"));
    command.add("engine=lldb,data_dir=" + dataDir + String.join("", suboptions));
    return new ServerProcess(new ProcessBuilder(command).start());
  }

  private static List<String> command(Path libraries) {
    // Compiled no further than a life of a second is worth.
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.library.path=" + libraries,
            "-cp",
            System.getProperty("java.class.path")));
  }

  /// Unpacks RocksDB's library for this machine, so that each start need not.
  static Path unpackLibrary(Path folder) throws IOException {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name =
        arch.equals("aarch64") ? "librocksdbjni-linux-aarch64.so" : "librocksdbjni-linux64.so";
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      if (entry.contains("rocksdbjni")) {
        try (JarFile jar = new JarFile(entry);
            InputStream library = jar.getInputStream(jar.getEntry(name))) {
          Files.copy(library, folder.resolve(name));
          return folder;
        }
      }
    }
    throw new IOException("no rocksdbjni on the class path");
  }

  private int awaitReady() throws IOException {
    for (String line = stderr.readLine(); line != null; line = stderr.readLine()) {
      said.add(line);
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
    }
    throw new IOException("the server ended: " + String.join(" / ", said));
  }

  int port() {
    return port;
  }

  /// SIGKILL, and the end awaited.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
