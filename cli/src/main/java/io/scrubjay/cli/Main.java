package io.scrubjay.cli;

/// The command line's entry.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    throw new UnsupportedOperationException("cli: not built yet");
  }
}
