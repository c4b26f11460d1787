package io.scrubjay.cli.process;

/// The process can't be what it was asked to be: a line for stderr and the exit status.
public final class ProcessFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final int OS_ERROR = 71;

  private final int status;

  ProcessFailure(int status, String line) {
    super(line);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
