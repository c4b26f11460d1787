package io.scrubjay.server.meta;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.meta.MetaEncoder;
import io.scrubjay.protocol.meta.MetaItem;
import io.scrubjay.protocol.meta.MetaRequest;
import io.scrubjay.protocol.meta.MetaStatus;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.worker.Step;
import java.lang.foreign.MemorySegment;

/// `me`: everything about an item but its value, without counting as an access. Source: spec 3.3.
/// Threads: the worker's.
final class MetaDebug {
  private final VerbContext context;
  private final ByteOutput out;
  private final MetaRequest request;
  private final Key key = new Key();
  private final Describer describer = new Describer();

  /// `out` and `request` are the worker's.
  MetaDebug(VerbContext context, ByteOutput out, MetaRequest request) {
    this.context = context;
    this.out = out;
    this.request = request;
  }

  Step serve() {
    key.at(request.keySegment, request.keyOffset, request.keyLength);
    long mark = out.position();
    describer.mark = mark;
    Lookup lookup = context.session().read(key, false, describer);
    if (lookup == Lookup.PENDING) {
      return Step.ENGINE_PENDING;
    }
    context.counters().add(Counter.CMD_META);
    context.countLookup(lookup);
    if (lookup == Lookup.HIT) {
      context.logHit(key, describer.item.slabClass, describer.valueBytes);
    } else {
      context.logMiss(key, lookup);
      out.position(mark);
      MetaEncoder.status(out, MetaStatus.EN, request);
    }
    return Step.SERVED;
  }

  private final class Describer implements ItemReader {
    private final MetaItem item = new MetaItem();
    private long mark;
    private int valueBytes;

    @Override
    public long item(ItemHeader header) {
      item.ttl(MetaFlags.ttl(header.deadline, context.clock()));
      item.idleSeconds = context.clock().now() - header.lastAccess;
      item.cas = header.cas;
      item.fetched = header.has(ItemHeader.FETCHED);
      item.binaryKey = header.has(ItemHeader.BINARY_KEY);
      item.slabClass = header.slabClass;
      item.totalBytes = header.totalBytes;
      valueBytes = header.valueBytes;
      out.position(mark);
      MetaEncoder.debug(out, request, item);
      return DECLINED;
    }

    @Override
    public MemorySegment target() {
      return out.segment();
    }
  }
}
