package io.scrubjay.net;

import java.io.IOException;

/// accept(2) found no free file descriptor.
public final class TooManyOpenFilesException extends IOException {
  private static final long serialVersionUID = 1L;

  public TooManyOpenFilesException(String message) {
    super(message);
  }
}
