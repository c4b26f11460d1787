package io.scrubjay.server.stats;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.StatisticsGroup;
import io.scrubjay.server.watch.Watchers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What `stats` and its sub-commands print: names and values in the order of printing. A protocol
/// puts them on the wire.
///
/// Threads: any. Allocates freely: nobody asks for statistics a million times a second.
public final class StatisticsPages {
  private final UnaryOperator<Map<String, String>> general;
  private final UnaryOperator<Map<String, String>> settings;
  private final ServerCounters counters;
  private final Watchers watchers;
  private final Engine engine;
  private final PrefixStatistics prefixes;
  private final ExternalStorageSettings externalStorage;

  /// `general` and `settings` make their page around the engine's and external storage's share of
  /// it.
  public StatisticsPages(
      UnaryOperator<Map<String, String>> general,
      UnaryOperator<Map<String, String>> settings,
      ServerCounters counters,
      Watchers watchers,
      Engine engine,
      PrefixStatistics prefixes) {
    this(general, settings, counters, watchers, engine, prefixes, new ExternalStorageSettings());
  }

  private StatisticsPages(
      UnaryOperator<Map<String, String>> general,
      UnaryOperator<Map<String, String>> settings,
      ServerCounters counters,
      Watchers watchers,
      Engine engine,
      PrefixStatistics prefixes,
      ExternalStorageSettings externalStorage) {
    this.general = general;
    this.settings = settings;
    this.counters = counters;
    this.watchers = watchers;
    this.engine = engine;
    this.prefixes = prefixes;
    this.externalStorage = externalStorage;
  }

  /// The same but for the engine's share, which is what `view` prints.
  public StatisticsPages of(Engine view) {
    return new StatisticsPages(
        general, settings, counters, watchers, view, prefixes, externalStorage);
  }

  public Map<String, String> general() {
    return general.apply(engine(StatisticsGroup.GENERAL));
  }

  public Map<String, String> settings() {
    Map<String, String> page = engine(StatisticsGroup.SETTINGS);
    externalStorage.print(page);
    return settings.apply(page);
  }

  public Map<String, String> items() {
    return engine(StatisticsGroup.ITEMS);
  }

  public Map<String, String> slabs() {
    return engine(StatisticsGroup.SLABS);
  }

  public Map<String, String> sizes() {
    return engine(StatisticsGroup.SIZES);
  }

  /// What `stats detail` turns on and prints.
  public PrefixStatistics prefixes() {
    return prefixes;
  }

  /// What `extstore` sets.
  public ExternalStorageSettings externalStorage() {
    return externalStorage;
  }

  public void reset() {
    prefixes.clear();
    counters.reset();
    watchers.resetFigures();
    engine.resetStatistics();
  }

  private Map<String, String> engine(StatisticsGroup group) {
    Map<String, String> page = new LinkedHashMap<>();
    engine.statistics(group, page::put);
    return page;
  }
}
