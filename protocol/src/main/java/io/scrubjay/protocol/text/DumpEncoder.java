package io.scrubjay.protocol.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.Phrase;
import java.lang.foreign.MemorySegment;
import java.util.Base64;

/// Writes the lines in which `lru_crawler metadump`, `mgdump` and `stats cachedump` tell of items.
/// Every line needs [#LINE_BYTES_MAX] of room. Threads: stateless. Source: spec 2.6, 2.8.
public final class DumpEncoder {
  /// A key whose every byte is escaped, and ten fields of names and numbers.
  public static final int LINE_BYTES_MAX = 3 * TextRequest.KEY_BYTES_MAX + 256;

  private static final Phrase KEY = new Phrase("key=");
  private static final Phrase EXPIRES = new Phrase(" exp=");
  private static final Phrase NEVER = new Phrase("-1");
  private static final Phrase LAST_ACCESS = new Phrase(" la=");
  private static final Phrase CAS = new Phrase(" cas=");
  private static final Phrase FETCHED = new Phrase(" fetch=yes");
  private static final Phrase UNFETCHED = new Phrase(" fetch=no");
  private static final Phrase SLAB_CLASS = new Phrase(" cls=");
  private static final Phrase SIZE = new Phrase(" size=");
  private static final Phrase FLAGS = new Phrase(" flags=");
  private static final Phrase LINE_END = new Phrase(" \n");
  private static final Phrase META_GET = new Phrase("mg ");
  private static final Phrase BASE64 = new Phrase(" b");
  private static final Phrase ITEM = new Phrase("ITEM ");
  private static final Phrase BYTES = new Phrase(" [");
  private static final Phrase SECONDS = new Phrase(" b; ");
  private static final Phrase ITEM_END = new Phrase(" s]\r\n");
  private static final Phrase CRLF = new Phrase("\r\n");

  private DumpEncoder() {}

  /// Begins a `metadump` line with the key. `exptime`: Unix time, 0 for never.
  public static void metadump(
      ByteOutput out,
      MemorySegment keySegment,
      long keyOffset,
      int keyLength,
      long exptime,
      long lastAccess) {
    KEY.writeTo(out);
    TextEncoder.uriKey(out, keySegment, keyOffset, keyLength);
    EXPIRES.writeTo(out);
    if (exptime == 0) {
      NEVER.writeTo(out);
    } else {
      out.putUnsigned(exptime);
    }
    LAST_ACCESS.writeTo(out);
    out.putUnsigned(lastAccess);
  }

  /// Ends it.
  public static void metadumpEnd(
      ByteOutput out, long cas, boolean fetched, int slabClass, int totalBytes, int clientFlags) {
    CAS.writeTo(out);
    out.putUnsigned(cas);
    (fetched ? FETCHED : UNFETCHED).writeTo(out);
    SLAB_CLASS.writeTo(out);
    out.putUnsigned(slabClass);
    SIZE.writeTo(out);
    out.putUnsigned(totalBytes);
    FLAGS.writeTo(out);
    out.putUnsigned(Integer.toUnsignedLong(clientFlags));
    LINE_END.writeTo(out);
  }

  /// A request for the item, as a client would send it.
  public static void mgdump(
      ByteOutput out, MemorySegment keySegment, long keyOffset, int keyLength, boolean binaryKey) {
    META_GET.writeTo(out);
    if (binaryKey) {
      byte[] key = keySegment.asSlice(keyOffset, keyLength).toArray(JAVA_BYTE);
      out.put(MemorySegment.ofArray(Base64.getEncoder().encode(key)));
      BASE64.writeTo(out);
    } else {
      out.put(keySegment, keyOffset, keyLength);
    }
    CRLF.writeTo(out);
  }

  /// `exptime` as for [#metadump].
  public static void cachedump(
      ByteOutput out,
      MemorySegment keySegment,
      long keyOffset,
      int keyLength,
      int valueBytes,
      long exptime) {
    ITEM.writeTo(out);
    out.put(keySegment, keyOffset, keyLength);
    BYTES.writeTo(out);
    out.putUnsigned(valueBytes);
    SECONDS.writeTo(out);
    out.putUnsigned(exptime);
    ITEM_END.writeTo(out);
  }
}
