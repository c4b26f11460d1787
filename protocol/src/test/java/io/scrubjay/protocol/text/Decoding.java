package io.scrubjay.protocol.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One decode of text held in a segment exactly as long as the text: a read past it throws.
final class Decoding {
  final TextRequest request = new TextRequest();
  final TextDecoded decoded;

  private Decoding(byte[] bytes) {
    decoded = new TextDecoder().decode(MemorySegment.ofArray(bytes), 0, bytes.length, request);
  }

  static Decoding of(String text) {
    return new Decoding(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static TextRequest complete(String text) {
    Decoding decoding = of(text);
    assertEquals(TextDecoded.COMPLETE, decoding.decoded, text);
    return decoding.request;
  }

  static TextRequest refused(TextError error, int swallowBytes, String text) {
    Decoding decoding = of(text);
    assertEquals(TextDecoded.REFUSED, decoding.decoded, text);
    assertEquals(error, decoding.request.error, text);
    assertEquals(swallowBytes, decoding.request.swallowBytes, text);
    return decoding.request;
  }

  static List<String> keys(TextRequest request) {
    List<String> keys = new ArrayList<>();
    while (request.nextKey()) {
      keys.add(key(request));
    }
    return keys;
  }

  static String key(TextRequest request) {
    byte[] key = request.segment.asSlice(request.keyOffset, request.keyLength).toArray(JAVA_BYTE);
    return new String(key, StandardCharsets.ISO_8859_1);
  }

  /// Everything that a decode says, for comparing two of them.
  static String told(TextDecoded decoded, TextRequest request) {
    StringBuilder told = new StringBuilder(decoded.toString());
    if (decoded == TextDecoded.NEED_MORE || decoded == TextDecoded.CLOSE) {
      return told.toString();
    }
    told.append(' ').append(request.verb).append(" line ").append(request.lineEnd);
    if (decoded == TextDecoded.REFUSED) {
      told.append(' ').append(request.error).append(' ').append(request.swallowBytes);
    } else if (request.verb.kind == TextVerb.Kind.RETRIEVAL) {
      told.append(' ').append(keys(request)).append(request.keyTooLong);
    } else if (request.verb.kind != TextVerb.Kind.META) {
      for (int i = 0; i < request.tokens(); i++) {
        told.append(" <").append(request.tokenText(i)).append('>');
      }
    }
    return told.append(request.noreply ? " noreply" : "").toString();
  }
}
