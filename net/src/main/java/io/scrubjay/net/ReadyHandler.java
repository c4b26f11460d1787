package io.scrubjay.net;

/// What a loop calls when a socket is ready.
@FunctionalInterface
public interface ReadyHandler {
  /// `readiness` is a set of [Poller#READ] and [Poller#WRITE]; an error or a hang-up is told as
  /// whatever the socket is watched for, and met by the read or write that follows.
  void ready(int readiness);
}
