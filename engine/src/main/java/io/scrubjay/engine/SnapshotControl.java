package io.scrubjay.engine;

/// What an operator may ask of an engine that writes what it holds to a file, as a whole. Threads:
/// any.
public interface SnapshotControl {
  /// Begins to write one in the background. False when one is being written or read already.
  boolean save();
}
