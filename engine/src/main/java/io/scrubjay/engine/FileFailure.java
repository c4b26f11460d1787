package io.scrubjay.engine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What an operator reads of a file that can't be had: the system's words, or the message; what is
/// no input or output error keeps its class's name, which is for us.
public final class FileFailure {
  private FileFailure() {}

  /// Without the file's name where the system gives a reason.
  public static String reason(Throwable failed) {
    return switch (failed) {
      case NoSuchFileException _ -> "No such file or directory";
      case AccessDeniedException _ -> "Permission denied";
      case FileSystemException told when told.getReason() != null -> told.getReason();
      case IOException told when told.getMessage() != null -> told.getMessage();
      default -> failed.toString();
    };
  }
}
