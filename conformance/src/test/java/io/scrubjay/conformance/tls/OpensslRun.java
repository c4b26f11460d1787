package io.scrubjay.conformance.tls;

import io.scrubjay.conformance.tool.ToolRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs `openssl s_client` until the server closes.
final class OpensslRun {
  private OpensslRun() {}

  /// `words`, separated by blanks, are added to the command; `input` is sent, and should make the
  /// server close.
  static ToolRun of(Authority authority, int port, String words, String input)
      throws IOException, InterruptedException {
    return ToolRun.of(command(authority, port, words), input);
  }

  static List<String> command(Authority authority, int port, String words) {
    List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-ign_eof"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-verify_return_error", "-CAfile"));
    command.add(authority.file("ca.pem").toString());
    command.addAll(List.of(words.split(" ", -1)));
    return command;
  }
}
