package io.scrubjay.server.command;

import io.scrubjay.engine.Engine;
import io.scrubjay.server.stats.Counter;

/// `flush_all`: everything stored up to an instant is gone. Source: spec 2.5, M-30.
public final class FlushAll {
  private final VerbContext context;
  private final Engine engine;
  private final boolean enabled;

  /// @param enabled false for `-F`
  public FlushAll(VerbContext context, Engine engine, boolean enabled) {
    this.context = context;
    this.engine = engine;
    this.enabled = enabled;
  }

  /// Counts that somebody asked. False when nobody may.
  public boolean allowed() {
    context.counters().add(Counter.CMD_FLUSH);
    return enabled;
  }

  /// `exptime` as sent; 0 or less means now.
  public void apply(long exptime) {
    int instant = exptime <= 0 ? context.clock().now() : Exptime.deadline(exptime, context.clock());
    engine.invalidate(instant - 1);
  }
}
