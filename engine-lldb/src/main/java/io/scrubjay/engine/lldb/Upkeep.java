package io.scrubjay.engine.lldb;

/// Who does the work that no request asks for: sweeping, watching the disk, syncing on time.
enum Upkeep {
  /// Threads of the engine's own.
  ON_ITS_OWN,
  /// The caller, when it calls for it; cold reads are done inside the call that needs them. For
  /// tests that own the clock.
  BY_HAND
}
