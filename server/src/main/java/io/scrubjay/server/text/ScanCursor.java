package io.scrubjay.server.text;

import io.scrubjay.engine.Key;
import io.scrubjay.memory.Murmur3;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Where a scan goes on, as clients carry it: a hash over prefix and key, then the last key given,
/// in URL-safe base64. The hash tells a cursor of ours, for this prefix, from others; it is no
/// secret.
final class ScanCursor {
  private ScanCursor() {}

  static String of(byte[] last, byte[] prefix) {
    byte[] cursor =
        ByteBuffer.allocate(Integer.BYTES + last.length)
            .putInt(hash(last, prefix))
            .put(last)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  /// Errors: `IllegalArgumentException` for a cursor that was not ours.
  static byte[] key(String cursor, byte[] prefix) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notOne) {
      throw refused(notOne);
    }
    if (bytes.length <= Integer.BYTES || bytes.length > Integer.BYTES + Key.BYTES_MAX) {
      throw refused(null);
    }
    byte[] key = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    if (ByteBuffer.wrap(bytes).getInt() != hash(key, prefix)) {
      throw refused(null);
    }
    return key;
  }

  private static int hash(byte[] key, byte[] prefix) {
    byte[] both = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, both, prefix.length, key.length);
    return Murmur3.hash(MemorySegment.ofArray(both), 0, both.length);
  }

  private static IllegalArgumentException refused(@Nullable Throwable why) {
    return new IllegalArgumentException("the cursor is none that a scan of this prefix gave", why);
  }
}
