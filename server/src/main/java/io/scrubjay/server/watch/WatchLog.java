package io.scrubjay.server.watch;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.memory.ByteOutput;
import io.scrubjay.net.InetText;
import io.scrubjay.protocol.text.TextEncoder;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;

/// One thread's log: writes lines for watchers, each kind behind [#wants], which is all that it
/// costs while nobody watches: a plain read of an own field and a branch.
///
/// While no watcher of a stream has room for its lines, those that come with each request are
/// counted and not written.
///
/// Keys are written as in a URI. Limits: [#LINE_BYTES_MAX]; a line for which the ring has no room
/// is dropped and counted. Threads: confined, but for [#wanted], [#full] and [#newlyPassedOver].
/// Source: spec 2.7.
public final class WatchLog {
  /// Time stamp, gid, and a key of 250 bytes of which each is three in a URI.
  static final int LINE_BYTES_MAX = 1536;

  private static final int PREFIX_BYTES_MAX = 64;
  private static final int MESSAGE_CHARACTERS_MAX = 512;
  private static final VarHandle WANTED;
  private static final VarHandle FULL;
  private static final VarHandle LINES = MethodHandles.arrayElementVarHandle(long[].class);

  static {
    try {
      WANTED = MethodHandles.lookup().findVarHandle(WatchLog.class, "wanted", int.class);
      FULL = MethodHandles.lookup().findVarHandle(WatchLog.class, "full", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final Watchers watchers;
  private final LogRing ring;
  private final InstantSource time;
  private final byte[] headBytes = new byte[LogRing.HEADER_BYTES + PREFIX_BYTES_MAX];
  private final byte[] bodyBytes = new byte[LINE_BYTES_MAX - PREFIX_BYTES_MAX];
  private final ByteOutput head = new ByteOutput(MemorySegment.ofArray(headBytes));
  private final ByteOutput body = new ByteOutput(MemorySegment.ofArray(bodyBytes));
  private int wanted;
  private int full;
  private int client;

  /// By stream: lines passed over. One writer.
  private final long[] passedOver = new long[WatchStream.values().length];

  /// Of them, what the logger knows of. Its own.
  private final long[] passedOverBefore = new long[passedOver.length];

  WatchLog(Watchers watchers, LogRing ring, InstantSource time) {
    this.watchers = watchers;
    this.ring = ring;
    this.time = time;
  }

  /// Opaque: seen soon, and as cheap as a plain read.
  public boolean wants(WatchStream stream) {
    return ((int) WANTED.getOpaque(this) & stream.bit()) != 0;
  }

  void wanted(int streamBits) {
    WANTED.setOpaque(this, streamBits);
  }

  /// Streams whose lines nobody has room for.
  void full(int streamBits) {
    FULL.setOpaque(this, streamBits);
  }

  /// The logger's: lines of a stream that were passed over since it last asked.
  long newlyPassedOver(WatchStream stream) {
    int i = stream.ordinal();
    long before = passedOverBefore[i];
    long now = (long) LINES.getOpaque(passedOver, i);
    passedOverBefore[i] = now;
    return now - before;
  }

  /// Whether nobody has room for a line of `stream`.
  boolean isFull(WatchStream stream) {
    return ((int) FULL.getOpaque(this) & stream.bit()) != 0;
  }

  /// Counts a line of `stream` that is not written.
  void passOver(WatchStream stream) {
    long _ = watchers.nextGid();
    watchers.countWritten();
    LINES.setOpaque(passedOver, stream.ordinal(), passedOver[stream.ordinal()] + 1);
  }

  LogRing ring() {
    return ring;
  }

  /// Whose requests the next lines are about: the socket's number.
  public void client(int id) {
    client = id;
  }

  /// A key was looked up, by whichever verb. Class and size are 0 unless it was found.
  public void fetched(Key key, Lookup lookup, int slabClass, int valueBytes) {
    if (isFull(WatchStream.FETCHERS)) {
      passOver(WatchStream.FETCHERS);
      return;
    }
    String status =
        switch (lookup) {
          case HIT -> "found";
          case MISS -> "not_found";
          case EXPIRED -> "expired";
          case FLUSHED -> "flushed";
          case PENDING -> throw new AssertionError("not known yet");
        };
    begin("item_get").key(key).text(" status=").text(status);
    number(" clsid=", slabClass).number(" cfd=", client).number(" size=", valueBytes);
    end(WatchStream.FETCHERS);
  }

  /// A store ended as `status` says. `ttlSeconds` 0: never dies.
  public void stored(
      Key key, String status, String command, int ttlSeconds, int slabClass, int valueBytes) {
    if (isFull(WatchStream.MUTATIONS)) {
      passOver(WatchStream.MUTATIONS);
      return;
    }
    begin("item_store").key(key).text(" status=").text(status).text(" cmd=").text(command);
    // As memcached: what died in the past prints as a number of 32 bits without a sign.
    number(" ttl=", Integer.toUnsignedLong(ttlSeconds)).number(" clsid=", slabClass);
    number(" cfd=", client).number(" size=", valueBytes);
    end(WatchStream.MUTATIONS);
  }

  /// `command`: `delete` or `md`.
  public void deleted(Key key, String command, int slabClass, int valueBytes) {
    if (isFull(WatchStream.DELETIONS)) {
      passOver(WatchStream.DELETIONS);
      return;
    }
    begin("deleted").key(key).text(" cmd=").text(command);
    number(" clsid=", slabClass).number(" size=", valueBytes);
    end(WatchStream.DELETIONS);
  }

  public void connectionOpened(SocketAddress peer, int id) {
    begin("conn_new").peer(peer).number(" cfd=", id);
    end(WatchStream.CONNEVENTS);
  }

  /// `type`: `connerr`, or `conntlserr`. `message` ends the line, cut off past
  /// [#MESSAGE_CHARACTERS_MAX].
  public void connectionBroke(String type, int id, String message) {
    begin(type).number(" fd=", id).text(" msg=");
    for (int i = 0; i < Math.min(message.length(), MESSAGE_CHARACTERS_MAX); i++) {
      char c = message.charAt(i);
      body.put((byte) (c >= ' ' && c <= '~' ? c : '?'));
    }
    end(WatchStream.CONNEVENTS);
  }

  public void connectionClosed(SocketAddress peer, CloseReason reason, int id) {
    begin("conn_close").peer(peer).text(" reason=").text(reason.word()).number(" cfd=", id);
    end(WatchStream.CONNEVENTS);
  }

  // Writing.

  WatchLog begin(String type) {
    body.position(0);
    return text("type=").text(type);
  }

  WatchLog text(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      body.put((byte) ascii.charAt(i));
    }
    return this;
  }

  WatchLog number(String name, long value) {
    text(name);
    body.putSigned(value);
    return this;
  }

  WatchLog key(Key key) {
    text(" key=");
    TextEncoder.uriKey(body, key.segment(), key.offset(), key.length());
    return this;
  }

  private WatchLog peer(SocketAddress peer) {
    if (peer instanceof InetSocketAddress tcp) {
      return text(" rip=")
          .text(InetText.of(tcp.getAddress()))
          .number(" rport=", tcp.getPort())
          .text(" transport=tcp");
    }
    return text(" rip=unix rport=0 transport=local");
  }

  void end(WatchStream stream) {
    body.put((byte) '\n');
    int bodyLength = (int) body.position();
    if (headBytes.length + bodyLength > ring.room()) {
      watchers.countDropped();
      return;
    }
    Instant now = time.instant();
    long gid = watchers.nextGid();
    head.position(LogRing.HEADER_BYTES);
    put("ts=", now.getEpochSecond());
    put(".", now.getNano() / 1000);
    put(" gid=", gid);
    head.put((byte) ' ');
    int headLength = (int) head.position();
    LogRing.header(headBytes, headLength + bodyLength, stream.bit(), gid);
    ring.put(headBytes, headLength);
    ring.put(bodyBytes, bodyLength);
    ring.publish();
    watchers.countWritten();
  }

  private void put(String name, long value) {
    for (int i = 0; i < name.length(); i++) {
      head.put((byte) name.charAt(i));
    }
    head.putUnsigned(value);
  }
}
