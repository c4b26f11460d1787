package io.scrubjay.engine.lldb;

/// When a write is on disk (`-o sync`). In every mode a turn's writes have been handed to the
/// operating system before its replies leave, so that the end of the process loses nothing that was
/// acknowledged; the modes differ in what the end of the machine may lose.
///
/// @param everyMillis with [Mode#EVERY], the most time between two syncs
record Sync(Mode mode, int everyMillis) {
  static final int EVERY_MILLIS_MAX = 60_000;
  static final Sync DEFAULT = new Sync(Mode.EVERY, 100);
  private static final String RULE =
      "always, every:MS (1.." + EVERY_MILLIS_MAX + " milliseconds) or os";

  enum Mode {
    /// No reply leaves before its write is on disk.
    ALWAYS,
    /// The disk is at most `everyMillis` behind.
    EVERY,
    /// The operating system writes when it sees fit.
    OS
  }

  static Sync parse(String text) {
    if (text.equals("always")) {
      return new Sync(Mode.ALWAYS, 0);
    }
    if (text.equals("os")) {
      return new Sync(Mode.OS, 0);
    }
    if (text.startsWith("every:")) {
      int millis = Setting.integer("sync", text, text.substring("every:".length()), RULE);
      Setting.require(millis >= 1 && millis <= EVERY_MILLIS_MAX, "sync", text, RULE);
      return new Sync(Mode.EVERY, millis);
    }
    throw Setting.refused("sync", text, RULE);
  }

  @Override
  public String toString() {
    return switch (mode) {
      case ALWAYS -> "always";
      case EVERY -> "every:" + everyMillis;
      case OS -> "os";
    };
  }
}
