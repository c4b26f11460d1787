package io.scrubjay.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.scrubjay.protocol.text.TextDecoded;
import io.scrubjay.protocol.text.TextDecoder;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/// Decoding one command line and walking its keys.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DecodeBenchmark {
  @Param({"1", "50"})
  public int keys;

  @Param({"16", "100"})
  public int keyBytes;

  private final TextDecoder decoder = new TextDecoder();
  private final TextRequest request = new TextRequest();
  private MemorySegment gets = MemorySegment.NULL;
  private MemorySegment set = MemorySegment.NULL;

  @Setup
  public void setup() {
    String key = "k".repeat(keyBytes);
    gets = wire("get" + (" " + key).repeat(keys) + "\r\n");
    set = wire("set " + key + " 0 0 100\r\n");
    Proof.holds(get() == keys, "keys of the get");
    Proof.holds(request.verb == TextVerb.GET, "the verb");
    Proof.holds(set() == 100, "length of the set's value");
    Proof.holds(request.keyLength == keyBytes, "length of the set's key");
  }

  private static MemorySegment wire(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    MemorySegment segment = Arena.ofAuto().allocate(bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  @Benchmark
  public int get() {
    int found = 0;
    if (decoder.decode(gets, 0, gets.byteSize(), request) == TextDecoded.COMPLETE) {
      while (request.nextKey()) {
        found++;
      }
    }
    return found;
  }

  @Benchmark
  public int set() {
    TextDecoded decoded = decoder.decode(set, 0, set.byteSize(), request);
    return decoded == TextDecoded.COMPLETE ? request.valueBytes : -1;
  }
}
