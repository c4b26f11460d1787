package io.scrubjay.bench.micro;

import io.scrubjay.bench.load.KeyChooser;
import io.scrubjay.bench.load.WireFormat;
import io.scrubjay.bench.load.Workload;
import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.EngineEvents;
import io.scrubjay.engine.EngineOptions;
import io.scrubjay.engine.EngineProvider;
import io.scrubjay.engine.Entry;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.ItemReader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.engine.Reserve;
import io.scrubjay.engine.Session;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A hit, a miss (the index alone) and a set, through the engine's SPI.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EngineBenchmark {
  private static final int KEYS_ORDERED = 1 << 14;
  private static final long SEED = 1;
  private static final CacheClock CLOCK = new StoppedClock();

  @Param("slab")
  public String engineName = "slab";

  @Param({"16", "512", "8192"})
  public int valueBytes;

  @Param({"0.0", "0.99"})
  public double zipfSkew;

  @Param("10000")
  public int keyCount;

  private final Key key = new Key();
  private final CopyingReader reader = new CopyingReader();
  private MemorySegment keys = MemorySegment.NULL;
  private MemorySegment value = MemorySegment.NULL;
  private int keyBytes;
  private int next;
  private @Nullable Engine engine;
  private @Nullable Session session;
  private @Nullable Draft draft;

  /// Time stands still: expiry is not what is timed.
  private record StoppedClock() implements CacheClock {
    @Override
    public int now() {
      return SECONDS_AT_START;
    }

    @Override
    public long processStarted() {
      return 1_700_000_000L;
    }
  }

  /// Copies each value to one place, as a reply does.
  private static final class CopyingReader implements ItemReader {
    private MemorySegment target = MemorySegment.NULL;
    private int valueBytes;

    @Override
    public long item(ItemHeader header) {
      valueBytes = header.valueBytes;
      return 0;
    }

    @Override
    public MemorySegment target() {
      return target;
    }
  }

  @Setup
  public void setup() {
    var workload = new Workload(1, 1, 0, valueBytes, keyCount, 16, zipfSkew, 1, 1, SEED, false);
    keyBytes = workload.keyBytes();
    value = Arena.ofAuto().allocate(valueBytes).fill((byte) 'v');
    reader.target = Arena.ofAuto().allocate(valueBytes);
    long memoryBytes = Math.max(64L << 20, 4L * keyCount * (valueBytes + 100));
    var options = new EngineOptions(memoryBytes, 1 << 20, true, true, 1, Map.of());
    engine = provider().open(options, CLOCK, EngineEvents.NONE);
    session = engine.openSession(() -> {});
    draft = session.newDraft();
    orderKeys(workload, false);
    for (int i = 0; i < keyCount; i++) {
      Proof.holds(set(i) != Reserve.OUT_OF_MEMORY, "room for key " + i);
    }
    orderKeys(workload, true);
    Proof.holds(hit() == valueBytes, "length of a hit's value");
    Proof.holds(reader.target.mismatch(value) < 0, "bytes of a hit's value");
    Proof.holds(miss() == Lookup.MISS, "a key that isn't there");
  }

  private EngineProvider provider() {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(engineName))
        .findFirst()
        .orElseThrow();
  }

  /// Lays out keys in the order of their numbers, or in that in which they will be asked for.
  private void orderKeys(Workload workload, boolean byPopularity) {
    var chooser = new KeyChooser(keyCount, zipfSkew, new Random(SEED));
    var format = new WireFormat(workload);
    int count = byPopularity ? KEYS_ORDERED : keyCount;
    keys = Arena.ofAuto().allocate((long) count * keyBytes);
    for (int i = 0; i < count; i++) {
      byte[] bytes = format.key(byPopularity ? chooser.next() : i);
      MemorySegment.copy(bytes, 0, keys, ValueLayout.JAVA_BYTE, (long) i * keyBytes, keyBytes);
    }
  }

  @TearDown
  public void tearDown() {
    open().close();
    if (engine != null) {
      engine.close();
    }
  }

  private Session open() {
    if (session == null) {
      throw new IllegalStateException("setup has not run");
    }
    return session;
  }

  private Key nextKey() {
    next = next + 1 & KEYS_ORDERED - 1;
    return key.at(keys, (long) next * keyBytes, keyBytes);
  }

  /// Bytes of value copied.
  @Benchmark
  public int hit() {
    return hit(true);
  }

  /// What [#hit] takes more than this is what it takes to tell the LRU.
  @Benchmark
  public int hitUntold() {
    return hit(false);
  }

  private int hit(boolean bump) {
    Session session = open();
    session.turnBegins();
    reader.valueBytes = -1;
    session.read(nextKey(), bump, reader);
    session.turnEnds();
    return reader.valueBytes;
  }

  /// No key is one byte shorter.
  @Benchmark
  public Lookup miss() {
    Session session = open();
    session.turnBegins();
    nextKey();
    Lookup found = session.read(key.at(keys, key.offset(), keyBytes - 1), true, reader);
    session.turnEnds();
    return found;
  }

  @Benchmark
  public Reserve set() {
    next = next + 1 & KEYS_ORDERED - 1;
    return set(next);
  }

  private Reserve set(int number) {
    Session session = open();
    session.turnBegins();
    key.at(keys, (long) number * keyBytes, keyBytes);
    Draft filled = draft == null ? session.newDraft() : draft;
    Reserve reserved = session.reserve(filled, key, 0, 0, valueBytes);
    if (reserved == Reserve.RESERVED) {
      filled.append(value, 0, valueBytes);
      try (Entry entry = session.open(key)) {
        entry.put(filled, 0);
      }
    }
    session.turnEnds();
    return reserved;
  }
}
