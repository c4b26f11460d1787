package io.scrubjay.protocol.text;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Phrase;

/// Every constant reply line of the classic text protocol that isn't a [TextError], word for word.
public enum TextReply {
  STORED("STORED"),
  NOT_STORED("NOT_STORED"),
  EXISTS("EXISTS"),
  NOT_FOUND("NOT_FOUND"),
  DELETED("DELETED"),
  TOUCHED("TOUCHED"),
  OK("OK"),
  END("END"),
  RESET("RESET"),
  MISS("MISS"),
  ERROR("ERROR"),
  /// Ends `lru_crawler mgdump`.
  EN("EN"),
  MEMLIMIT_TOO_SMALL("MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m"),
  MEMLIMIT_NOT_MEGABYTES("MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes"),
  MEMLIMIT_FIXED("MEMLIMIT_ADJUST_FAILED out of bounds or unable to adjust"),
  REASSIGN_BUSY("BUSY currently processing reassign request"),
  REASSIGN_BADCLASS("BADCLASS invalid src or dst class id"),
  REASSIGN_NOSPARE("NOSPARE source class has no spare pages"),
  REASSIGN_SAME("SAME src and dst class are identical"),
  SNAPSHOT_BUSY("BUSY currently loading or saving a snapshot"),
  LRU_PERCENTAGES("ERROR hot and warm pcts must not exceed 80"),
  LRU_FACTORS("ERROR hot/warm age factors must be greater than 0"),
  CRAWLER_START_FAILED("ERROR failed to start lru crawler thread"),
  CRAWLER_BUSY("BUSY currently processing crawler request"),
  CRAWLER_BADCLASS("BADCLASS invalid class id"),
  CRAWLER_NOTSTARTED("NOTSTARTED no items to crawl"),
  CRAWLER_ERROR("ERROR an unknown error happened"),
  METADUMP_NOT_ALLOWED("ERROR metadump not allowed"),
  METADUMP_PIPELINED("ERROR cannot pipeline other commands before metadump"),
  MGDUMP_NOT_ALLOWED("ERROR key dump not allowed"),
  MGDUMP_PIPELINED("ERROR cannot pipeline other commands before mgdump"),
  DUMP_LOCKED("ERROR locked try again later"),
  WATCH_PIPELINED("ERROR cannot pipeline other commands before watch"),
  WATCHER_TOO_MANY("WATCHER_TOO_MANY log watcher limit reached"),
  WATCHER_FAILED("WATCHER_FAILED failed to add log watcher"),
  TOO_MANY_CONNECTIONS("ERROR Too many open connections");

  // A Phrase is immutable, but can't say so without an annotation library.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Phrase line;

  TextReply(String line) {
    this.line = new Phrase(line + "\r\n");
  }

  /// The line with its CRLF.
  public String line() {
    return line.toString();
  }

  /// Length of the line with its CRLF.
  public int bytes() {
    return line.length();
  }

  /// Needs [#bytes] of room.
  public void writeTo(ByteOutput out) {
    line.writeTo(out);
  }
}
