package io.scrubjay.server.auth;

/// One mechanism's talk with one client, from its first message to the end. Threads: one at a time;
/// may take long.
public interface SaslExchange {

  /// The server's answer to a message.
  sealed interface Answer {
    /// ASCII.
    record Challenge(String text) implements Answer {}

    record Success(User user) implements Answer {}

    record Failure() implements Answer {}
  }

  Answer respond(byte[] message);
}
