package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The process's own part: streams, exit statuses and the line that says it is ready.
class MainTest {
  private record Ended(int status, String out, String err) {}

  private static Ended java(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    return Await.result("the end of " + command, () -> ended(process));
  }

  private static Ended ended(Process process) throws IOException, InterruptedException {
    // Both outputs are smaller than a pipe, so reading them one after the other can't block.
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  @Test
  void theVersionIsPrintedOnStdoutAndNothingElse() throws Exception {
    assertEquals(new Ended(0, Version.LINE + "\n", ""), java("-V"));
  }

  @Test
  void aMistakeIsPrintedOnStderrWithItsStatus() throws Exception {
    assertEquals(
        new Ended(64, "", "ERROR: Invalid port number 70000.\n"), java("-p", "70000", "-l", "::1"));
  }

  @Test
  void theReadyLineNamesAddressAndTime() throws Exception {
    Instant started = Instant.ofEpochMilli(1_000);
    var v4 = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 11_211);
    assertEquals(
        "scrubjay 0.1.0 ready on 127.0.0.1:11211 in 183 ms",
        Main.ready(Main.shown(v4), started, started.plusMillis(183)));
    var v6 =
        new InetSocketAddress(
            InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
            1);
    assertEquals(
        "scrubjay 0.1.0 ready on [0:0:0:0:0:0:0:1]:1 in 0 ms",
        Main.ready(Main.shown(v6), started, started.minusMillis(5)));
  }
}
