package io.scrubjay.bench.load;

import io.scrubjay.bench.argument.Arguments;

/// What a load consists of.
///
/// A connection sends `pipelineDepth` requests in one write, waits for all their answers, and sends
/// the next: a closed loop of `connections * pipelineDepth` requests in flight at most.
///
/// @param setShare the part of requests that are sets, 0 to 1; the others are gets
/// @param keyCount keys are numbered from 0 and all of `keyBytes` bytes
/// @param zipfSkew exponent of the popularity of keys; 0 is uniform
/// @param multigetKeys keys asked for in each get
/// @param threads generator threads, each with its own loop and its share of the connections
/// @param seed the order of keys and of sets among gets
/// @param missesAllowed a get that finds nothing is counted rather than ending the run
public record Workload(
    int connections,
    int pipelineDepth,
    double setShare,
    int valueBytes,
    int keyCount,
    int keyBytes,
    double zipfSkew,
    int multigetKeys,
    int threads,
    long seed,
    boolean missesAllowed) {

  public static final Workload UNPIPELINED =
      new Workload(50, 1, 0.1, 100, 100_000, 16, 0.99, 1, 1, 1, false);

  /// The digits that tell keys apart, and the bytes of a value that tell whose it is.
  static final int MARK_BYTES = Long.BYTES;

  static final int KEY_COUNT_MAX = 100_000_000;

  public Workload {
    require(connections > 0, "connections", connections, "at least 1");
    require(pipelineDepth > 0, "depth", pipelineDepth, "at least 1");
    require(setShare >= 0 && setShare <= 1, "set-share", setShare, "0..1");
    require(valueBytes >= 0 && valueBytes <= 1 << 26, "value-bytes", valueBytes, "0..64 MiB");
    require(keyCount > 0 && keyCount <= KEY_COUNT_MAX, "keys", keyCount, "1.." + KEY_COUNT_MAX);
    require(keyBytes >= MARK_BYTES && keyBytes <= 250, "key-bytes", keyBytes, "8..250");
    require(zipfSkew >= 0, "zipf", zipfSkew, "0 or more");
    require(multigetKeys > 0 && multigetKeys <= 1000, "multiget", multigetKeys, "1..1000");
    require(threads > 0 && threads <= connections, "threads", threads, "1..connections");
  }

  private static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("--" + name + " = " + value + ", must be " + rule);
    }
  }

  /// This workload with what the arguments say otherwise.
  public Workload with(Arguments arguments) {
    return new Workload(
        arguments.integer("connections", connections),
        arguments.integer("depth", pipelineDepth),
        arguments.fraction("set-share", setShare),
        arguments.integer("value-bytes", valueBytes),
        arguments.integer("keys", keyCount),
        arguments.integer("key-bytes", keyBytes),
        arguments.fraction("zipf", zipfSkew),
        arguments.integer("multiget", multigetKeys),
        arguments.integer("threads", threads),
        arguments.number("seed", seed),
        Boolean.parseBoolean(arguments.text("misses-allowed", Boolean.toString(missesAllowed))));
  }

  public Workload withDepth(int depth) {
    return with(connections, depth, setShare, keyCount, multigetKeys, threads);
  }

  public Workload withMultiget(int keys, double share) {
    return with(connections, pipelineDepth, share, keyCount, keys, threads);
  }

  public Workload withKeys(int keys) {
    return with(connections, pipelineDepth, setShare, keys, multigetKeys, threads);
  }

  public Workload withSets(double share) {
    return with(connections, pipelineDepth, share, keyCount, multigetKeys, threads);
  }

  public Workload withConnections(int count, int generatorThreads) {
    return with(count, pipelineDepth, setShare, keyCount, multigetKeys, generatorThreads);
  }

  private Workload with(
      int connections, int depth, double share, int keys, int multiget, int threads) {
    return new Workload(
        connections,
        depth,
        share,
        valueBytes,
        keys,
        keyBytes,
        zipfSkew,
        multiget,
        threads,
        seed,
        missesAllowed);
  }

  /// In one line, for tables.
  public String summary() {
    return connections
        + " connections, depth "
        + pipelineDepth
        + ", "
        + Math.round(setShare * 100)
        + " % sets, "
        + (multigetKeys == 1 ? "single gets" : "gets of " + multigetKeys + " keys")
        + ", values of "
        + valueBytes
        + " bytes, "
        + keyCount
        + " keys of "
        + keyBytes
        + " bytes, Zipf "
        + zipfSkew
        + ", generator threads "
        + threads
        + ", seed "
        + seed;
  }
}
