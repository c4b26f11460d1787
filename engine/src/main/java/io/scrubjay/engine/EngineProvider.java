package io.scrubjay.engine;

/// How a server finds an engine: by `ServiceLoader`, by name (`-o engine=NAME`).
public interface EngineProvider {
  String name();

  /// The engine tells `events` what it does of itself.
  ///
  /// Errors: `IllegalArgumentException` naming the option, its value and the rule.
  Engine open(EngineOptions options, CacheClock clock, EngineEvents events);
}
