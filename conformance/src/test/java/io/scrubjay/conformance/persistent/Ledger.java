package io.scrubjay.conformance.persistent;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one writer asked for and what was acknowledged. Each key has versions, one per request: a
/// value that says which it is throughout, or nothing (a delete). A request that got no answer may
/// have happened or not; what was acknowledged must have.
///
/// Threads: one at a time.
final class Ledger {
  private static final int KEYS = 60;
  private static final int LARGE_BYTES_MAX = 60_000;
  private static final int SMALL_BYTES_MAX = 300;

  /// Of one key: all from `acknowledged` to `asked` may be what is there.
  private static final class Versions {
    int acknowledged;
    int asked;
    boolean[] deletes = new boolean[64];
  }

  private final String name;
  private final SplittableRandom random;
  private final Map<String, Versions> keys = new HashMap<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private long highestCas;
  private long incrementsAcknowledged;
  private long incrementsAsked;

  Ledger(String name, long seed) {
    this.name = name;
    this.random = new SplittableRandom(seed);
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long highestCas() {
    return highestCas;
  }

  /// One request, recorded before it is sent and again when it is answered. `casAbove` is what
  /// every CAS id given from now on must exceed.
  void request(Wire wire, long casAbove) throws IOException {
    int kind = random.nextInt(10);
    if (kind == 0) {
      increment(wire);
    } else {
      store(wire, kind == 1, casAbove);
    }
    acknowledged.incrementAndGet();
  }

  private void increment(Wire wire) throws IOException {
    incrementsAsked++;
    String answer = wire.ask("ma " + name + ":counter N0 J1 v\r\n");
    require(answer.startsWith("VA "), "increment answered " + answer);
    require(wire.ask("").matches("\\d+"), "increment without a number");
    incrementsAcknowledged++;
  }

  private void store(Wire wire, boolean delete, long casAbove) throws IOException {
    String key = name + ":" + random.nextInt(KEYS);
    Versions versions = keys.computeIfAbsent(key, _ -> new Versions());
    int version = ++versions.asked;
    if (version == versions.deletes.length) {
      versions.deletes = Arrays.copyOf(versions.deletes, version * 2);
    }
    versions.deletes[version] = delete;
    if (delete) {
      String answer = wire.ask("md " + key + "\r\n");
      require(answer.equals("HD") || answer.equals("NF"), "delete answered " + answer);
    } else {
      String value = value(key, version);
      String answer = wire.ask("ms " + key + " " + value.length() + " c\r\n" + value + "\r\n");
      require(answer.startsWith("HD c"), "set answered " + answer);
      long cas = Long.parseLong(answer.substring("HD c".length()));
      require(cas > casAbove, "CAS id " + cas + " was given before, up to " + casAbove);
      highestCas = Math.max(highestCas, cas);
    }
    versions.acknowledged = version;
  }

  /// Holds what the server has to what was acknowledged, and takes it as the new beginning.
  void verify(Wire wire) throws IOException {
    for (Map.Entry<String, Versions> entry : keys.entrySet()) {
      verify(entry.getKey(), entry.getValue(), wire.value(entry.getKey()));
    }
    String counted = wire.value(name + ":counter");
    long count = counted == null ? 0 : Long.parseLong(counted.strip());
    require(
        count >= incrementsAcknowledged && count <= incrementsAsked,
        name + " counts " + count + ", not " + incrementsAcknowledged + ".." + incrementsAsked);
    incrementsAcknowledged = count;
    incrementsAsked = count;
  }

  private void verify(String key, Versions versions, @Nullable String seen) {
    int version = versions.acknowledged;
    while (version <= versions.asked && !isVersion(key, versions, version, seen)) {
      version++;
    }
    if (version > versions.asked) {
      String found = seen == null ? "nothing" : seen.length() + " bytes: " + start(seen);
      throw new AssertionError(
          key
              + ": acknowledged "
              + versions.acknowledged
              + ", asked "
              + versions.asked
              + ", found "
              + found);
    }
    versions.acknowledged = version;
    versions.asked = version;
  }

  private static String start(String seen) {
    return seen.substring(0, Math.min(40, seen.length()));
  }

  private static boolean isVersion(
      String key, Versions versions, int version, @Nullable String seen) {
    boolean absent = version == 0 || versions.deletes[version];
    return absent ? seen == null : value(key, version).equals(seen);
  }

  /// Every few bytes say which key and version they are of; the length depends on both.
  private static String value(String key, int version) {
    String mark = key + "=" + version + ";";
    var lengths = new SplittableRandom(mark.hashCode());
    int most = lengths.nextInt(20) == 0 ? LARGE_BYTES_MAX : SMALL_BYTES_MAX;
    int length = lengths.nextInt(mark.length(), most);
    return mark.repeat(length / mark.length() + 1).substring(0, length);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
