package io.scrubjay.server.stats;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.engine.Key;
import io.scrubjay.memory.Murmur3;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What is asked for by the beginnings of keys, up to a delimiter (`stats detail`, spec 2.8):
/// counted when a request is made, whatever becomes of it. Keys without the delimiter aren't
/// counted.
///
/// Shape: [#BUCKETS] buckets, as memcached prints them, newest prefix first. Limits: no more than
/// [#PREFIXES_MAX] prefixes, then only known ones are counted. Threads: any; a monitor while
/// counting is on, one plain load per request while it is off.
public final class PrefixStatistics {
  static final int PREFIXES_MAX = 65_536;
  private static final int BUCKETS = 256;
  private static final VarHandle ENABLED;

  static {
    try {
      ENABLED =
          MethodHandles.lookup().findVarHandle(PrefixStatistics.class, "enabled", boolean.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static final class Prefix {
    private final byte[] text;
    private long gets;
    private long hits;
    private long sets;
    private long deletes;

    Prefix(byte[] text) {
      this.text = text;
    }

    boolean isAt(Key key, int length) {
      if (text.length != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (text[i] != key.segment().get(JAVA_BYTE, key.offset() + i)) {
          return false;
        }
      }
      return true;
    }
  }

  private final byte delimiter;
  private final List<List<Prefix>> buckets = new ArrayList<>();
  private int prefixes;

  /// Opaque: whoever turns it on or off is seen soon, and nobody waits for it.
  private boolean enabled;

  private final Prefix ignored = new Prefix(new byte[0]);

  public PrefixStatistics(char delimiter, boolean enabled) {
    this.delimiter = (byte) delimiter;
    this.enabled = enabled;
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(new ArrayList<>());
    }
  }

  public boolean enabled() {
    return (boolean) ENABLED.getOpaque(this);
  }

  public void enabled(boolean wanted) {
    ENABLED.setOpaque(this, wanted);
  }

  public void countGet(Key key, boolean hit) {
    if (enabled()) {
      synchronized (this) {
        Prefix prefix = prefix(key);
        prefix.gets++;
        prefix.hits += hit ? 1 : 0;
      }
    }
  }

  public void countSet(Key key) {
    if (enabled()) {
      synchronized (this) {
        prefix(key).sets++;
      }
    }
  }

  public void countDelete(Key key) {
    if (enabled()) {
      synchronized (this) {
        prefix(key).deletes++;
      }
    }
  }

  public synchronized void clear() {
    buckets.forEach(List::clear);
    prefixes = 0;
  }

  /// `PREFIX <text> get N hit N set N del N` per line, and `END`.
  public synchronized byte[] dump() {
    StringBuilder text = new StringBuilder();
    for (List<Prefix> bucket : buckets) {
      for (Prefix prefix : bucket.reversed()) {
        text.append("PREFIX ").append(new String(prefix.text, StandardCharsets.ISO_8859_1));
        text.append(" get ").append(prefix.gets).append(" hit ").append(prefix.hits);
        text.append(" set ").append(prefix.sets).append(" del ").append(prefix.deletes);
        text.append("\r\n");
      }
    }
    return text.append("END\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private Prefix prefix(Key key) {
    int length = 0;
    while (length < key.length()
        && key.segment().get(JAVA_BYTE, key.offset() + length) != delimiter) {
      length++;
    }
    if (length == key.length()) {
      return ignored;
    }
    int hash = Murmur3.hash(key.segment(), key.offset(), length);
    List<Prefix> bucket = buckets.get(hash & (BUCKETS - 1));
    for (Prefix known : bucket) {
      if (known.isAt(key, length)) {
        return known;
      }
    }
    if (prefixes == PREFIXES_MAX) {
      return ignored;
    }
    prefixes++;
    Prefix added = new Prefix(key.segment().asSlice(key.offset(), length).toArray(JAVA_BYTE));
    bucket.add(added);
    return added;
  }
}
