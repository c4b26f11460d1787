package io.scrubjay.engine;

import java.util.List;
import java.util.Set;

/// How a server finds an engine: by `ServiceLoader`, by name (`-o engine=NAME`).
public interface EngineProvider {
  String name();

  /// The databases that an engine with these options serves. Touches no disk. Errors: as [#open].
  default Set<String> databases(EngineOptions options) {
    return Set.of(Engine.DEFAULT_DATABASE);
  }

  /// The engine tells `events` what it does of itself.
  ///
  /// Errors: `IllegalArgumentException` naming the option, its value and the rule.
  Engine open(EngineOptions options, CacheClock clock, EngineEvents events);

  /// Does what `words` say to a store that no server has open; the answer's lines. Errors:
  /// `IllegalArgumentException` in one line, `UncheckedIOException` when the disk failed.
  default List<String> tool(List<String> words) {
    throw new IllegalArgumentException("engine " + name() + " has no tools");
  }
}
