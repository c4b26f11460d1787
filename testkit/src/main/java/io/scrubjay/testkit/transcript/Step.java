package io.scrubjay.testkit.transcript;

/// One line of a transcript that does something.
///
/// `line` counts from 1 in the file, for messages; `client` names the connection, 1 unless the
/// transcript switched.
public sealed interface Step {
  int line();

  int client();

  /// Bytes for the server.
  record Send(int line, int client, Template bytes) implements Step {}

  /// Exactly these bytes come back next. `wholeLine`: the bytes end with a line's end and may hold
  /// variables, so a line is read and matched.
  record Expect(int line, int client, Template bytes, boolean wholeLine) implements Step {}

  /// Lines that don't match the next expectation are passed over until one does.
  record SkipLines(int line, int client) implements Step {}

  /// The server closes the connection, having sent nothing more.
  record ExpectClose(int line, int client) implements Step {}

  /// What was sent so far has reached the server before anything else is sent.
  record Barrier(int line, int client) implements Step {}

  /// Nothing has come back yet for what was sent so far.
  record Silence(int line, int client) implements Step {}

  /// The client goes away without a word.
  record Vanish(int line, int client) implements Step {}

  /// The server's clock moves.
  record Advance(int line, int client, int seconds) implements Step {}
}
