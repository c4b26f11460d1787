package io.scrubjay.protocol.meta;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Bytes;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Writes meta replies: a status, then what the request's flags ask for in the order they were
/// sent, then markers.
///
/// Errors: each reply wants [#REPLY_BYTES_MAX] of room, or lack of it is the caller's fault
/// ([ByteOutput]). Threads: stateless. Source: spec 3.3 to 3.7.
public final class MetaEncoder {
  /// No reply line is longer, with seven bytes for the last store: a key in base64, every flag that
  /// returns something, every marker.
  public static final int REPLY_BYTES_MAX = 512;

  private static final long VALUE = Bytes.packed("VA ");
  private static final long CRLF = Bytes.packed("\r\n");
  private static final long BINARY = Bytes.packed(" b");
  private static final long ALREADY_WON = Bytes.packed(" Z");
  private static final long STALE = Bytes.packed(" X");
  private static final long WINS = Bytes.packed(" W");
  private static final long NO_DEADLINE = Bytes.packed("-1");

  private MetaEncoder() {}

  /// A reply that knows no item: a miss, `NS` of `ma`, and every reply to `md`. Echoes `O` and `k`.
  public static void status(ByteOutput out, MetaStatus status, MetaRequest request) {
    out.putLittleEndianLong(status.packed, 2);
    for (int i = 0; i < request.flags(); i++) {
      echo(out, request, i, request.binaryKey);
    }
    out.putLittleEndianLong(CRLF, 2);
  }

  /// `HD` of `mg` and `ma`, and every reply to `ms` (whose `c` is 0 unless it is `HD`).
  public static void status(ByteOutput out, MetaStatus status, MetaRequest request, MetaItem item) {
    out.putLittleEndianLong(status.packed, 2);
    flags(out, request, item);
    out.putLittleEndianLong(CRLF, 2);
  }

  /// `VA <bytes> <flags>`; the value and a CRLF are the caller's to send. For `ma` `valueBytes` is
  /// the number of digits.
  public static void valueHeader(
      ByteOutput out, int valueBytes, MetaRequest request, MetaItem item) {
    out.putLittleEndianLong(VALUE, 3);
    out.putUnsigned(valueBytes);
    flags(out, request, item);
    out.putLittleEndianLong(CRLF, 2);
  }

  /// The `ME` line. A binary key is told in base64 without ` b`.
  public static void debug(ByteOutput out, MetaRequest request, MetaItem item) {
    put(out, "ME ");
    key(out, request.keySegment, request.keyOffset, request.keyLength, item.binaryKey);
    put(out, " exp=");
    out.putSigned(item.ttlSeconds == MetaItem.NO_DEADLINE ? -1 : item.ttlSeconds);
    put(out, " la=");
    out.putSigned(item.idleSeconds);
    put(out, " cas=");
    out.putUnsigned(item.cas);
    put(out, item.fetched ? " fetch=yes cls=" : " fetch=no cls=");
    out.putUnsigned(item.slabClass);
    put(out, " size=");
    out.putUnsigned(item.totalBytes);
    out.putLittleEndianLong(CRLF, 2);
  }

  private static void flags(ByteOutput out, MetaRequest request, MetaItem item) {
    boolean fetches = request.verb == TextVerb.MG;
    boolean stores = request.verb == TextVerb.MS;
    long ttlSeconds = item.ttlSeconds;
    for (int i = 0; i < request.flags(); i++) {
      byte letter = request.flag(i);
      switch (letter) {
        case 'O', 'k' -> echo(out, request, i, item.binaryKey);
        case 'T' -> ttlSeconds = item.touchedTtlSeconds;
        case 'N' -> ttlSeconds = item.created ? item.vivifiedTtlSeconds : ttlSeconds;
        case 'c' -> number(out, letter, item.cas);
        case 't' -> {
          if (!stores) {
            ttl(out, ttlSeconds);
          }
        }
        case 's' -> {
          if (fetches || stores) {
            number(out, letter, item.valueBytes);
          }
        }
        case 'f' -> {
          if (fetches) {
            number(out, letter, Integer.toUnsignedLong(item.clientFlags));
          }
        }
        case 'h' -> {
          if (fetches) {
            number(out, letter, item.fetched ? 1 : 0);
          }
        }
        case 'l' -> {
          if (fetches) {
            number(out, letter, Integer.toUnsignedLong(item.idleSeconds));
          }
        }
        default -> {}
      }
    }
    if (fetches) {
      markers(out, item);
    }
  }

  private static void markers(ByteOutput out, MetaItem item) {
    if (item.alreadyWon) {
      out.putLittleEndianLong(ALREADY_WON, 2);
    }
    if (item.stale) {
      out.putLittleEndianLong(STALE, 2);
    }
    if (item.wins) {
      out.putLittleEndianLong(WINS, 2);
    }
  }

  private static void echo(ByteOutput out, MetaRequest request, int index, boolean binaryKey) {
    byte letter = request.flag(index);
    if (letter == 'O') {
      out.put((byte) ' ');
      out.put(request.line(), request.flagOffset(index), request.flagLength(index));
    } else if (letter == 'k') {
      out.put((byte) ' ');
      out.put(letter);
      key(out, request.keySegment, request.keyOffset, request.keyLength, binaryKey);
      if (binaryKey) {
        out.putLittleEndianLong(BINARY, 2);
      }
    }
  }

  /// A passed deadline wraps to an unsigned 32-bit number, as memcached prints it.
  private static void ttl(ByteOutput out, long seconds) {
    if (seconds == MetaItem.NO_DEADLINE) {
      out.put((byte) ' ');
      out.put((byte) 't');
      out.putLittleEndianLong(NO_DEADLINE, 2);
    } else {
      number(out, (byte) 't', seconds & 0xffff_ffffL);
    }
  }

  private static void number(ByteOutput out, byte letter, long value) {
    out.put((byte) ' ');
    out.put(letter);
    out.putUnsigned(value);
  }

  private static void key(
      ByteOutput out, MemorySegment segment, long offset, int length, boolean binary) {
    if (length > TextRequest.KEY_BYTES_MAX) {
      throw new AssertionError("key of " + length + " bytes");
    }
    if (binary) {
      Base64Key.encode(out, segment, offset, length);
    } else {
      out.put(segment, offset, length);
    }
  }

  private static void put(ByteOutput out, String text) {
    out.put(MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
