package io.scrubjay.protocol.binary;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.text.TextRequest;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Writes binary replies: each repeats the request's opcode and opaque.
///
/// Errors: replies to keyed commands want [#REPLY_BYTES_MAX] of room (a value not counted), stat
/// packets [#statBytes]; lack of it is the caller's fault ([ByteOutput]). Threads: stateless.
/// Source: spec section 4.
public final class BinaryEncoder {
  private static final int EXTRAS_BYTES_MAX = 8;

  /// Header, extras and key, or header and an error's text; and seven bytes for the last store.
  public static final int REPLY_BYTES_MAX =
      BinaryDecoder.HEADER_BYTES + EXTRAS_BYTES_MAX + TextRequest.KEY_BYTES_MAX + 7;

  private static final long REPLY_MAGIC = 0x81;
  private static final int FLAGS_BYTES = 4;
  private static final int COUNTER_BYTES = 8;

  private BinaryEncoder() {}

  /// Success with nothing to tell but the CAS id (0: none).
  public static void empty(ByteOutput out, BinaryRequest request, long cas) {
    header(out, request, BinaryStatus.OK, 0, 0, 0, cas);
  }

  /// An error and its text.
  public static void error(ByteOutput out, BinaryRequest request, BinaryStatus status) {
    header(out, request, status, 0, 0, status.phrase.length(), 0);
    status.phrase.writeTo(out);
  }

  /// The miss of `GETK` and `GATK`, which tells the key in place of a text.
  public static void missWithKey(ByteOutput out, BinaryRequest request) {
    header(out, request, BinaryStatus.NOT_FOUND, request.keyLength, 0, request.keyLength, 0);
    out.put(request.segment, request.keyOffset, request.keyLength);
  }

  /// What precedes a hit's value: the flags, and for `GETK` and `GATK` the key. `TOUCH` has no
  /// value.
  public static void valueHeader(
      ByteOutput out, BinaryRequest request, int clientFlags, int valueBytes, long cas) {
    boolean withKey = request.opcode == BinaryOpcode.GETK || request.opcode == BinaryOpcode.GATK;
    int keyLength = withKey ? request.keyLength : 0;
    long bodyBytes = (long) FLAGS_BYTES + keyLength + valueBytes;
    header(out, request, BinaryStatus.OK, keyLength, FLAGS_BYTES, bodyBytes, cas);
    out.putLittleEndianLong(Integer.reverseBytes(clientFlags) & 0xffff_ffffL, FLAGS_BYTES);
    if (withKey) {
      out.put(request.segment, request.keyOffset, keyLength);
    }
  }

  /// The new value of a counter.
  public static void counter(ByteOutput out, BinaryRequest request, long value, long cas) {
    header(out, request, BinaryStatus.OK, 0, 0, COUNTER_BYTES, cas);
    out.putLittleEndianLong(Long.reverseBytes(value), COUNTER_BYTES);
  }

  /// A status with a body that isn't its text: a version, mechanisms, a challenge. Needs the
  /// header's room and the text's.
  public static void text(ByteOutput out, BinaryRequest request, BinaryStatus status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    header(out, request, status, 0, 0, bytes.length, 0);
    out.put(MemorySegment.ofArray(bytes));
  }

  /// One statistic; [#empty] ends the list.
  public static void stat(ByteOutput out, BinaryRequest request, String name, String value) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    header(out, request, BinaryStatus.OK, key.length, 0, (long) key.length + text.length, 0);
    out.put(MemorySegment.ofArray(key));
    out.put(MemorySegment.ofArray(text));
  }

  /// Room that [#stat] needs at most.
  public static int statBytes(String name, String value) {
    return BinaryDecoder.HEADER_BYTES + 3 * (name.length() + value.length());
  }

  private static void header(
      ByteOutput out,
      BinaryRequest request,
      BinaryStatus status,
      int keyLength,
      int extrasLength,
      long bodyBytes,
      long cas) {
    long start =
        REPLY_MAGIC << 56
            | (long) request.opcodeByte << 48
            | (long) keyLength << 32
            | (long) extrasLength << 24
            | status.code();
    long bodyAndOpaque = bodyBytes << 32 | Integer.toUnsignedLong(request.opaque);
    out.putLittleEndianLong(Long.reverseBytes(start), Long.BYTES);
    out.putLittleEndianLong(Long.reverseBytes(bodyAndOpaque), Long.BYTES);
    out.putLittleEndianLong(Long.reverseBytes(cas), Long.BYTES);
  }
}
