package io.scrubjay.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server on a port of loopback that it picked itself (`-p -1`), so that no two starts can clash;
/// it has answered `version`.
///
/// Threads: one controlling thread. Errors: a server that ends early or doesn't answer within
/// [#READY_SECONDS_MAX] is an `IOException` with what it printed. Ownership: [#close] ends the
/// process.
public final class ServerProcess implements AutoCloseable {
  private static final String OUTPUT = "output";
  private static final String PORT_FILE = "port";
  private static final String TCP = "TCP INET: ";
  private static final int READY_SECONDS_MAX = 300;
  private static final int END_SECONDS_MAX = 10;
  private static final int REPLY_MILLIS_MAX = 30_000;

  private final Process process;
  private final Path folder;
  private final InetSocketAddress address;
  private final long readyNanos;

  private ServerProcess(Process process, Path folder, long startNanos)
      throws IOException, InterruptedException {
    this.process = process;
    this.folder = folder;
    this.address = listening(startNanos);
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      version(socket);
    }
    this.readyNanos = System.nanoTime() - startNanos;
  }

  public static ServerProcess start(ServerCommand command, List<String> options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command.words());
    words.addAll(options);
    String host = options.contains("-Z") ? "notls:127.0.0.1" : "127.0.0.1";
    words.addAll(List.of("-l", host, "-p", "-1", "-U", "0"));
    if (command.name().equals("memcached")
        && "root".equals(ProcessHandle.current().info().user().orElse(""))) {
      words.addAll(List.of("-u", "root"));
    }
    Path folder = Files.createTempDirectory("bench-server");
    var builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(OUTPUT).toFile());
    builder.environment().putAll(command.environment());
    builder.environment().put("MEMCACHED_PORT_FILENAME", folder.resolve(PORT_FILE).toString());
    long startNanos = System.nanoTime();
    Process process = builder.start();
    try {
      return new ServerProcess(process, folder, startNanos);
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// Where it listens, once it says so: the file is written under another name and renamed. The
  /// last listener is the one asked for here; those before it are the caller's options.
  private InetSocketAddress listening(long startNanos) throws IOException, InterruptedException {
    Path file = folder.resolve(PORT_FILE);
    while (!Files.exists(file)) {
      if (!process.isAlive()) {
        throw new IOException("the server ended: " + said());
      }
      if (System.nanoTime() - startNanos > TimeUnit.SECONDS.toNanos(READY_SECONDS_MAX)) {
        throw new IOException("not ready in " + READY_SECONDS_MAX + " s: " + said());
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    List<String> listeners =
        Files.readAllLines(file).stream().filter(line -> line.startsWith(TCP)).toList();
    if (listeners.isEmpty()) {
      throw new IOException("no TCP port in " + Files.readAllLines(file));
    }
    int port = Integer.parseInt(listeners.getLast().substring(TCP.length()));
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve(OUTPUT));
  }

  /// Asks on `socket`, and returns when the server has answered.
  public static void version(Socket socket) throws IOException {
    socket.setSoTimeout(REPLY_MILLIS_MAX);
    socket.getOutputStream().write("version\r\n".getBytes(US_ASCII));
    var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII), 64);
    String line = reader.readLine();
    if (line == null || !line.startsWith("VERSION ")) {
      throw new IOException("version answered " + line);
    }
  }

  public InetSocketAddress address() {
    return address;
  }

  /// From just before the process was made to the answer of its first `version`.
  public long readyNanos() {
    return readyNanos;
  }

  /// The server's own process: a launcher that stays beside its server is not it.
  public ProcessHandle handle() {
    ProcessHandle deepest = process.toHandle();
    while (deepest.children().findFirst().isPresent()) {
      deepest = deepest.children().findFirst().get();
    }
    return deepest;
  }

  public ProcessFigures figures() throws IOException {
    return ProcessFigures.of(handle().pid());
  }

  @Override
  public void close() {
    try {
      handle().destroy();
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(folder.resolve(PORT_FILE));
      Files.deleteIfExists(folder.resolve(OUTPUT));
      Files.deleteIfExists(folder);
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
