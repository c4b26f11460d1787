package io.scrubjay.server.options;

/// Why a file can't be had, for whoever starts a server and knows no engine.
public final class FileFailure {
  private FileFailure() {}

  /// As [io.scrubjay.engine.FileFailure#reason].
  public static String reason(Throwable failed) {
    return io.scrubjay.engine.FileFailure.reason(failed);
  }
}
