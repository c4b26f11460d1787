package io.scrubjay.bench.load;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The requests of a load, written out before it starts; connections play it round and round, each
/// from a place of its own.
///
/// Shape: `batches` groups of `depth` requests, all in one segment. Request r asks for the keys
/// whose marks are `marks[firstMark[r] .. firstMark[r + 1])`; a set has none. Threads: immutable.
final class RequestTape {
  /// Bounds the tape's memory and its traffic through the generator's caches.
  static final int KEYS_MAX = 1 << 16;

  static final int TAPE_BYTES_MAX = 1 << 26;

  private final MemorySegment bytes;
  private final long[] batchStart;
  private final int[] firstMark;
  private final long[] marks;
  private final int depth;

  private RequestTape(
      MemorySegment bytes, long[] batchStart, int[] firstMark, long[] marks, int depth) {
    this.bytes = bytes;
    this.batchStart = batchStart;
    this.firstMark = firstMark;
    this.marks = marks;
    this.depth = depth;
  }

  static RequestTape record(Workload workload, Arena arena) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(workload.seed());
    var keys = new KeyChooser(workload.keyCount(), workload.zipfSkew(), random);
    var format = new WireFormat(workload);
    var wire = new ByteArrayOutputStream();
    int depth = workload.pipelineDepth();
    int requestBytesMax =
        workload.valueBytes() + (workload.keyBytes() + 1) * workload.multigetKeys() + 64;
    int batches =
        Math.clamp(
            Math.min(
                KEYS_MAX / ((long) depth * workload.multigetKeys()),
                TAPE_BYTES_MAX / ((long) depth * requestBytesMax)),
            1,
            KEYS_MAX);
    long[] batchStart = new long[batches + 1];
    int[] firstMark = new int[batches * depth + 1];
    long[] marks = new long[batches * depth * workload.multigetKeys()];
    int marked = 0;
    int[] numbers = new int[workload.multigetKeys()];
    for (int request = 0; request < batches * depth; request++) {
      if (request % depth == 0) {
        batchStart[request / depth] = wire.size();
      }
      firstMark[request] = marked;
      if (random.nextDouble() < workload.setShare()) {
        format.appendSet(keys.next(), wire);
      } else {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = keys.next();
          marks[marked++] = format.mark(numbers[i]);
        }
        format.appendGet(numbers, wire);
      }
    }
    firstMark[batches * depth] = marked;
    batchStart[batches] = wire.size();
    MemorySegment bytes = arena.allocate(wire.size());
    MemorySegment.copy(wire.toByteArray(), 0, bytes, ValueLayout.JAVA_BYTE, 0, wire.size());
    return new RequestTape(bytes, batchStart, firstMark, marks, depth);
  }

  int batches() {
    return batchStart.length - 1;
  }

  int depth() {
    return depth;
  }

  MemorySegment bytes() {
    return bytes;
  }

  /// Where batch `batch` begins in [#bytes]; `batches()` gives the end of the last.
  long startOf(int batch) {
    return batchStart[batch];
  }

  int firstMark(int request) {
    return firstMark[request];
  }

  long mark(int index) {
    return marks[index];
  }
}
