package io.scrubjay.server.command;

import io.scrubjay.engine.Engine;
import io.scrubjay.server.stats.Counter;

/// `flush_all`: everything stored up to an instant is gone. Source: spec 2.5, M-30.
public final class FlushAll {
  private final VerbContext context;
  private final Engine engine;

  public FlushAll(VerbContext context, Engine engine) {
    this.context = context;
    this.engine = engine;
  }

  /// `exptime` as sent; 0 or less means now.
  public void apply(long exptime) {
    context.counters().add(Counter.CMD_FLUSH);
    int instant = exptime <= 0 ? context.clock().now() : Exptime.deadline(exptime, context.clock());
    engine.invalidate(instant - 1);
  }
}
