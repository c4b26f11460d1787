package io.scrubjay.conformance.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.scrubjay.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;

/// One open connection of `openssl s_client`, a line asked and a line answered.
final class OpensslSession implements AutoCloseable {
  private final Process process;
  private final OutputStream out;
  private final BufferedReader in;

  OpensslSession(Authority authority, int port) throws IOException {
    process =
        new ProcessBuilder(OpensslRun.command(authority, port, "-quiet"))
            .redirectError(Redirect.DISCARD)
            .start();
    out = process.getOutputStream();
    in = process.inputReader(US_ASCII);
  }

  /// The line that answers.
  String ask(String request) throws Exception {
    out.write((request + "\r\n").getBytes(US_ASCII));
    out.flush();
    return Await.result("an answer to " + request, () -> String.valueOf(in.readLine()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
