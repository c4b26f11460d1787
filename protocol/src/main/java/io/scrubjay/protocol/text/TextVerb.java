package io.scrubjay.protocol.text;

import io.scrubjay.protocol.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The first word of a text command.
public enum TextVerb {
  GET("get", Kind.RETRIEVAL),
  GETS("gets", Kind.RETRIEVAL),
  GAT("gat", Kind.RETRIEVAL),
  GATS("gats", Kind.RETRIEVAL),
  SET("set", Kind.STORAGE),
  ADD("add", Kind.STORAGE),
  REPLACE("replace", Kind.STORAGE),
  APPEND("append", Kind.STORAGE),
  PREPEND("prepend", Kind.STORAGE),
  CAS("cas", Kind.STORAGE),
  DELETE("delete", Kind.UPDATE),
  INCR("incr", Kind.UPDATE),
  DECR("decr", Kind.UPDATE),
  TOUCH("touch", Kind.UPDATE),
  MG("mg", Kind.META),
  MS("ms", Kind.META),
  MD("md", Kind.META),
  MA("ma", Kind.META),
  MN("mn", Kind.META),
  ME("me", Kind.META),
  VERSION("version", Kind.PLAIN),
  QUIT("quit", Kind.PLAIN),
  STATS("stats", Kind.PLAIN),
  WATCH("watch", Kind.PLAIN),
  FLUSH_ALL("flush_all", Kind.ADMIN),
  VERBOSITY("verbosity", Kind.ADMIN),
  SHUTDOWN("shutdown", Kind.ADMIN),
  CACHE_MEMLIMIT("cache_memlimit", Kind.ADMIN),
  SLABS("slabs", Kind.ADMIN),
  LRU("lru", Kind.ADMIN),
  LRU_CRAWLER("lru_crawler", Kind.ADMIN),
  EXTSTORE("extstore", Kind.ADMIN),
  REFRESH_CERTS("refresh_certs", Kind.ADMIN),
  /// Ours: known only to a server that was told of a snapshot.
  SNAPSHOT("snapshot", Kind.ADMIN),
  /// Known only to a server that lets tests steer it, as are the next two.
  MISBEHAVE("misbehave", Kind.ADMIN),
  DEBUGTIME("debugtime", Kind.ADMIN),
  DEBUGITEM("debugitem", Kind.ADMIN),
  /// Any other word, and no word at all.
  UNKNOWN("", Kind.ADMIN);

  /// How the rest of the line is read.
  enum Kind {
    RETRIEVAL,
    STORAGE,
    UPDATE,
    META,
    /// Arguments are tokens; `noreply` means nothing.
    PLAIN,
    /// Arguments are tokens; a last token `noreply` silences the reply.
    ADMIN
  }

  private static final int PACKED_LENGTH_MAX = Long.BYTES;
  private static final TextVerb[][] BY_LENGTH =
      IntStream.rangeClosed(0, longest()).mapToObj(TextVerb::ofLength).toArray(TextVerb[][]::new);

  final Kind kind;
  private final String word;
  private final long packed;

  TextVerb(String word, Kind kind) {
    this.word = word;
    this.kind = kind;
    this.packed = Bytes.packed(word);
  }

  /// The word on the wire.
  public String word() {
    return word;
  }

  /// The verb whose word is the `length` bytes at `offset`; `first` holds the first eight of them,
  /// zero after the word's end.
  static TextVerb of(long first, MemorySegment input, long offset, int length) {
    if (length == 0 || length >= BY_LENGTH.length) {
      return UNKNOWN;
    }
    for (TextVerb verb : BY_LENGTH[length]) {
      if (verb.packed == first
          && (length <= PACKED_LENGTH_MAX || Bytes.isStartOf(verb.word, input, offset, length))) {
        return verb;
      }
    }
    return UNKNOWN;
  }

  private static int longest() {
    return Arrays.stream(values()).mapToInt(verb -> verb.word.length()).max().orElseThrow();
  }

  private static TextVerb[] ofLength(int length) {
    return Arrays.stream(values())
        .filter(verb -> verb.word.length() == length)
        .toArray(TextVerb[]::new);
  }
}
