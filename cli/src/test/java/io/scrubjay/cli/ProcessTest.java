package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.OsSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The process as an operator meets it: signals, files, users, the background.
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ProcessTest {
  @TempDir Path folder;

  @Test
  void sigintEndsLikeSigterm() throws Exception {
    try (Launched server = Launched.start("-p", "-1", "-v", "-t", "1")) {
      server.readyPort();
      server.signal("INT");
      assertTrue(server.restOfErr().contains("Exiting normally"));
      assertEquals(0, server.exit());
    }
  }

  @Test
  void sigusr1StopsGracefullyAndSaysHow() throws Exception {
    try (Launched server = Launched.start("-p", "-1", "-v", "-t", "1")) {
      server.readyPort();
      server.signal("USR1");
      assertEquals(
          List.of(
              "Gracefully stopping",
              "stopped assoc",
              "asking workers to stop",
              "asking background threads to stop",
              "stopped lru crawler",
              "stopped maintainer",
              "stopped slab mover",
              "stopped logger thread",
              "stopped idle timeout thread",
              "closing connections",
              "reaping worker threads",
              "all background threads stopped"),
          server.restOfErr().lines().toList());
      assertEquals(0, server.exit());
    }
  }

  /// As `nohup` ignores SIGHUP, and a script's shell SIGINT of what it starts in the background.
  private static Launched startIgnoring(String signal, String... arguments) throws Exception {
    List<String> command = Launched.command(arguments);
    command.addAll(0, List.of("sh", "-c", "trap '' " + signal + "; exec \"$@\"", "sh"));
    return Launched.start(Map.of(), command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "USR1"})
  void aSignalThatWasIgnoredBeforeTheStartEndsItAllTheSame(String signal) throws Exception {
    try (Launched server = startIgnoring(signal, "-p", "-1", "-v", "-t", "1")) {
      server.readyPort();
      server.signal(signal);
      String last = signal.equals("USR1") ? "all background threads stopped" : "Exiting normally";
      assertTrue(server.restOfErr().endsWith(last));
      assertEquals(0, server.exit());
    }
  }

  @Test
  void aSighupThatWasIgnoredBeforeTheStartReloads() throws Exception {
    Path users = Files.writeString(folder.resolve("users"), "me:secret\n");
    try (Launched server = startIgnoring("HUP", "-p", "-1", "-t", "1", "-Y", users.toString())) {
      server.readyPort();
      Files.writeString(users, "malformed\n");
      server.signal("HUP");
      String said = Await.result("what the reload says", server.err::readLine);
      assertEquals(
          "Authfile [" + users + "] has a malformed entry. Should be 'user:password'", said);
    }
  }

  @Test
  void itemsOutliveAGracefulStop() throws Exception {
    String file = folder.resolve("items").toString();
    for (String stop : List.of("SIGUSR1", "shutdown graceful")) {
      try (Launched server = Launched.start("-p", "-1", "-A", "-t", "1", "-m", "8", "-e", file)) {
        int port = server.readyPort();
        assertEquals("STORED\r\n", Launched.replies(port, "set k 0 0 2\r\nhi\r\nquit\r\n"));
        if (stop.equals("SIGUSR1")) {
          server.signal("USR1");
        } else {
          assertEquals("", Launched.replies(port, stop + "\r\n"));
        }
        assertEquals(0, server.exit());
      }
      try (Launched again = Launched.start("-p", "-1", "-t", "1", "-m", "8", "-e", file)) {
        assertEquals(
            "VALUE k 0 2\r\nhi\r\nEND\r\nDELETED\r\n",
            Launched.replies(again.readyPort(), "get k\r\ndelete k\r\nquit\r\n"),
            stop);
        again.signal("USR1");
        assertEquals(0, again.exit());
      }
    }
  }

  /// A client with twenty requests on their way at any time: so many replies fit into the sockets'
  /// buffers.
  ///
  /// The end takes less than two seconds on a machine of one's own. How much more it may take here
  /// is measured by the start before it, which a loaded machine delays as well.
  @Test
  void sigtermUnderLoadCutsNoReplyAndEndsSoon() throws Exception {
    String value = "x".repeat(1000);
    String reply = "VALUE k 0 1000\r\n" + value + "\r\nEND\r\n";
    long began = System.nanoTime();
    try (Launched server = Launched.start("-p", "-1", "-t", "1")) {
      int port = server.readyPort();
      Duration start = Duration.ofNanos(System.nanoTime() - began);
      long told = 0;
      Launched.replies(port, "set k 0 0 1000\r\n" + value + "\r\nquit\r\n");
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(Await.MILLIS_MAX);
        var mayGo = new Semaphore(20);
        Thread.ofPlatform().daemon().start(() -> sendUntilClosed(socket, mayGo));
        var replies = new ByteArrayOutputStream();
        for (int seen = 0; readSome(socket, replies); ) {
          int whole = replies.size() / reply.length();
          mayGo.release(whole - seen);
          if (seen < 100 && whole >= 100) {
            told = System.nanoTime();
            server.signal("TERM");
          }
          seen = whole;
        }
        assertEquals(0, server.exit());
        Duration end = Duration.ofNanos(System.nanoTime() - told);
        Duration atMost = Duration.ofSeconds(2).plus(start.multipliedBy(4));
        assertTrue(end.compareTo(atMost) < 0, () -> end + " after a start of " + start);
        assertEquals(0, replies.size() % reply.length(), "whole replies");
        assertTrue(replies.toString(StandardCharsets.US_ASCII).endsWith(reply));
      }
    }
  }

  private static void sendUntilClosed(Socket socket, Semaphore mayGo) {
    byte[] request = "get k\r\n".getBytes(StandardCharsets.US_ASCII);
    try {
      while (true) {
        mayGo.acquire();
        socket.getOutputStream().write(request);
      }
    } catch (IOException | InterruptedException closed) {
      return;
    }
  }

  /// False at the end; a server that closes with requests unread resets the connection, which is an
  /// end as well.
  private static boolean readSome(Socket socket, ByteArrayOutputStream into) {
    byte[] bytes = new byte[64 << 10];
    try {
      int count = socket.getInputStream().read(bytes);
      into.write(bytes, 0, Math.max(count, 0));
      return count > 0;
    } catch (IOException reset) {
      return false;
    }
  }

  @Test
  void sighupDoesNotEndIt() throws Exception {
    try (Launched server = Launched.start("-p", "-1", "-t", "1")) {
      int port = server.readyPort();
      server.signal("HUP");
      server.signal("PIPE");
      assertEquals("VERSION 1.6.45\r\n", Launched.version(port));
    }
  }

  @Test
  void shutdownOfAClientEndsTheProcess() throws Exception {
    try (Launched server = Launched.start("-p", "-1", "-A", "-v", "-t", "1")) {
      int port = server.readyPort();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(Await.MILLIS_MAX);
        socket.getOutputStream().write("shutdown\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals(-1, socket.getInputStream().read());
      }
      assertTrue(server.restOfErr().contains("Exiting normally"));
      assertEquals(0, server.exit());
    }
  }

  /// the pid file is written in the foreground as well, and stays.
  @Test
  void portsAndPidAreWrittenToFiles() throws Exception {
    Path ports = folder.resolve("ports");
    Path pid = folder.resolve("pid");
    try (Launched server =
        Launched.start(
            Map.of("MEMCACHED_PORT_FILENAME", ports.toString()),
            Launched.command("-p", "-1", "-U", "-1", "-t", "1", "-P", pid.toString()))) {
      int port = server.readyPort();
      List<String> lines = Files.readAllLines(ports);
      assertEquals("TCP INET: " + port, lines.getFirst());
      assertTrue(lines.get(1).matches("UDP INET: [0-9]+"), lines::toString);
      assertEquals(server.process.pid() + "\n", Files.readString(pid));
      assertFalse(Files.exists(folder.resolve("ports.lck")));
      server.signal("TERM");
      assertEquals(0, server.exit());
    }
    assertTrue(Files.exists(pid), "removed only with -d");
  }

  @Test
  void aPidFileOfALiveProcessIsWarnedAbout() throws Exception {
    Path pid = folder.resolve("pid");
    long ours = ProcessHandle.current().pid();
    Files.writeString(pid, ours + "\n");
    try (Launched server = Launched.start("-p", "-1", "-t", "1", "-P", pid.toString())) {
      assertTrue(
          server
              .untilReady()
              .contains("WARNING: The pid file contained the following (running) pid: " + ours));
    }
  }

  @Test
  void aPidFileThatCannotBeWrittenIsToldAndTheServerRuns() throws Exception {
    String none = folder.resolve("none/pid").toString();
    try (Launched server = Launched.start("-p", "-1", "-t", "1", "-P", none)) {
      String said = server.untilReady();
      String line = "Could not open the pid file " + none + ".tmp for writing: No such file";
      assertTrue(said.contains(line), said);
    }
  }

  @Test
  void aUnixSocketIsServedAlone() throws Exception {
    String path = folder.resolve("s").toString();
    try (Launched server = Launched.start("-s", path, "-a", "0777", "-t", "1")) {
      assertTrue(server.untilReady().contains(" ready on " + path + " in "));
    }
  }

  @Test
  void aUnixPathThatExistsEndsTheStart() throws Exception {
    Path file = Files.createFile(folder.resolve("f"));
    try (Launched server = Launched.start("-s", file.toString(), "-t", "1")) {
      assertTrue(server.restOfErr().contains("failed to listen on UNIX socket: " + file + ": "));
      assertEquals(71, server.exit());
    }
  }

  @Test
  void aUnixPathThatIsTooLongEndsTheStart() throws Exception {
    String path = folder.resolve("s".repeat(120)).toString();
    try (Launched server = Launched.start("-s", path, "-t", "1")) {
      String said = server.restOfErr();
      assertTrue(said.contains("failed to listen on UNIX socket: " + path + ": "), said);
      assertTrue(said.contains(" is longer than 107 bytes"), said);
      assertEquals(71, server.exit());
    }
  }

  @Test
  void anAddressThatIsNotOursEndsTheStart() throws Exception {
    try (Launched server = Launched.start("-p", "-1", "-l", "192.0.2.1", "-t", "1")) {
      String said = server.restOfErr();
      assertTrue(
          said.contains(
              "failed to listen on one of interface(s) 192.0.2.1: listening on 192.0.2.1:"),
          said);
      assertEquals(71, server.exit());
    }
  }

  @Test
  void aDaemonLeadsItsOwnSessionAndKeepsItsPidFile() throws Exception {
    Path pidFile = folder.resolve("pid");
    Path ports = folder.resolve("ports");
    try (Launched first =
        Launched.start(
            Map.of("MEMCACHED_PORT_FILENAME", ports.toString()),
            Launched.command("-d", "-p", "-1", "-t", "1", "-P", pidFile.toString()))) {
      assertEquals(0, first.exit());
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
      try {
        int port = Integer.parseInt(Files.readString(ports).replaceAll("[^0-9]", ""));
        assertEquals("VERSION 1.6.45\r\n", Launched.version(port));
        String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ", -1);
        assertEquals(Long.toString(pid), stat[5], "its own session");
        assertEquals(Path.of("/"), Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")));
        for (int stream = 0; stream < 3; stream++) {
          assertEquals(
              Path.of("/dev/null"),
              Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + stream)));
        }
        OsSignal.send("TERM", pid);
        daemon.onExit().get(20, TimeUnit.SECONDS);
        assertFalse(Files.exists(pidFile));
      } finally {
        daemon.destroyForcibly();
      }
    }
  }

  @Test
  void aCertificateThatIsNotThereEndsTheStartWithAUsageStatus() throws Exception {
    String none = folder.resolve("none.pem").toString();
    String files = "ssl_chain_cert=" + none + ",ssl_key=" + none;
    try (Launched server = Launched.start("-p", "-1", "-l", "127.0.0.1", "-Z", "-o", files)) {
      List<String> said = server.restOfErr().lines().filter(it -> !it.contains("root")).toList();
      assertEquals(1, said.size(), said::toString);
      assertTrue(said.getFirst().contains(none), said::toString);
      assertEquals(64, server.exit());
    }
  }

  /// Longer than what the JDK tells a process of its own arguments.
  @Test
  void aDaemonIsStartedWithAllOfALongCommandLine() throws Exception {
    String none = folder.resolve("n".repeat(3000)).toString();
    try (Launched first =
        Launched.start("-d", "-t", "1", "-P", none, "-D", "x".repeat(5000), "-s", none)) {
      assertTrue(first.restOfErr().contains("failed to listen on UNIX socket: " + none));
      assertEquals(71, first.exit());
    }
  }

  @Test
  void aDaemonThatFailsTellsItAndItsStatus() throws Exception {
    String none = folder.resolve("none/s").toString();
    try (Launched first = Launched.start("-d", "-s", none, "-t", "1")) {
      assertTrue(first.restOfErr().contains("failed to listen on UNIX socket: " + none));
      assertEquals(71, first.exit());
    }
  }

  @Test
  void aDaemonThatFailsBehindItsPidFileTakesItAway() throws Exception {
    Path pid = folder.resolve("pid");
    try (Launched first =
        Launched.start("-d", "-p", "-1", "-t", "1", "-P", pid.toString(), "-e", "/proc/none")) {
      assertTrue(first.restOfErr().contains("/proc/none"));
      assertEquals(1, first.exit());
    }
    assertFalse(Files.exists(pid));
  }

  /// Needs root; where continuous integration runs, it must have it.
  @Test
  void everyThreadBecomesTheUser() throws Exception {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    if (System.getenv("CI") == null) {
      assumeTrue(root, "only root becomes another user");
    }
    try (Launched server = Launched.start("-p", "-1", "-u", "nobody", "-t", "2")) {
      int port = server.readyPort();
      assertEquals("VERSION 1.6.45\r\n", Launched.version(port));
      var users = new TreeSet<String>();
      int threads = 0;
      try (Stream<Path> tasks = Files.list(Path.of("/proc/" + server.process.pid() + "/task"))) {
        for (Path task : tasks.toList()) {
          threads++;
          users.addAll(rights(task.resolve("status")));
        }
      }
      assertTrue(threads > 5, () -> "threads were seen");
      String nobody = "65534\t65534\t65534\t65534";
      assertEquals(new TreeSet<>(List.of("Uid:\t" + nobody, "Gid:\t" + nobody, "Groups:")), users);
      server.signal("TERM");
      assertEquals(0, server.exit());
    }
  }

  /// An engine on disk makes more of them while it runs, in folders that it made itself.
  @Test
  void theEnginesFilesBelongToTheUser() throws Exception {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    if (System.getenv("CI") == null) {
      assumeTrue(root, "only root becomes another user");
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path memory = folder.resolve("memory");
    try (Launched server =
        Launched.start("-p", "-1", "-u", "nobody", "-m", "64", "-e", memory.toString())) {
      assertEquals("VERSION 1.6.45\r\n", Launched.version(server.readyPort()));
      assertEquals("nobody", Files.getOwner(memory).getName());
      server.signal("TERM");
      assertEquals(0, server.exit());
    }
  }

  /// What the user may lock himself is less than a JVM has, and root can't lift that everywhere.
  /// What is only reserved stays so: it is more than the machine may have.
  @ParameterizedTest
  @ValueSource(strings = {"nobody", "root"})
  void lockedMemoryLeavesTheUserAndTheMachineEnough(String user) throws Exception {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    if (System.getenv("CI") == null) {
      assumeTrue(root, "only root becomes another user");
    }
    try (Launched server = Launched.start("-p", "-1", "-k", "-u", user, "-m", "16", "-t", "1")) {
      String said = server.untilReady();
      assumeFalse(said.contains("warning: -k invalid"), "this root may not lock memory");
      long locked = kibibytes(server.process.pid(), "VmLck");
      long all = said.contains("warning: -k locks only") ? 0 : 16 << 10;
      assertTrue(locked > all, () -> locked + " KiB are locked");
      long resident = kibibytes(server.process.pid(), "VmRSS");
      assertTrue(resident < 1 << 20, () -> resident + " KiB are resident");
      String set = "set k 0 0 1000\r\n" + "x".repeat(1000) + "\r\nquit\r\n";
      assertEquals("STORED\r\n", Launched.replies(Launched.port(said), set));
      server.signal("TERM");
      assertEquals(0, server.exit());
    }
  }

  private static long kibibytes(long pid, String row) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(row + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> rights(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.matches("(Uid|Gid|Groups):.*"))
        .map(line -> line.stripTrailing())
        .toList();
  }

  @Test
  void withoutNativeCallsWhatNeedsThemIsRefusedInOneLine() throws Exception {
    List<String> command = Launched.command("-d", "-p", "-1", "-o", "poller=nio");
    command.set(1, "--illegal-native-access=deny");
    try (Launched server = Launched.start(Map.of(), command)) {
      assertEquals("-d needs Linux and --enable-native-access", server.restOfErr());
      assertEquals(71, server.exit());
    }
  }
}
