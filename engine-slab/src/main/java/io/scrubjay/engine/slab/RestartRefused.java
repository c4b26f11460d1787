package io.scrubjay.engine.slab;

/// Why a cache can't be taken over from the last run; the message is the line for the operator.
final class RestartRefused extends Exception {
  private static final long serialVersionUID = 1;

  RestartRefused(String line) {
    super(line);
  }

  String line() {
    return String.valueOf(getMessage());
  }
}
