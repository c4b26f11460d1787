package io.scrubjay.engine;

/// The groups of figures an engine can report; the names are `stats` sub-commands'.
public enum StatisticsGroup {
  /// The engine's share of plain `stats`.
  GENERAL,
  /// The engine's share of `stats settings`.
  SETTINGS,
  ITEMS,
  SLABS,
  SIZES
}
