package io.scrubjay.conformance.differential;

import java.util.HexFormat;

/// Answers of the binary protocol as lines of text, one for each frame, with every field in them.
final class BinaryAnswers {
  private static final int MAGIC = 0x81;

  private BinaryAnswers() {}

  /// CAS relative to `base`, as in [CasNumbers]; without statistics, as in [Incidental]. What is no
  /// frame ends the lines, as it came.
  static String lines(String received, long base) {
    var lines = new StringBuilder();
    int at = 0;
    while (received.length() - at >= BinaryFrames.HEADER_BYTES && received.charAt(at) == MAGIC) {
      int end = at + BinaryFrames.HEADER_BYTES + (int) number(received, at + 8, 4);
      if (end < at || end > received.length()) {
        break;
      }
      if (received.charAt(at + 1) == BinaryFrames.STAT && number(received, at + 2, 2) > 0) {
        at = end;
        continue;
      }
      long cas = number(received, at + 16, 8);
      lines
          .append(
              "op %02x key %d extras %d type %d status %04x opaque %x cas %s body "
                  .formatted(
                      (int) received.charAt(at + 1),
                      number(received, at + 2, 2),
                      (int) received.charAt(at + 4),
                      (int) received.charAt(at + 5),
                      number(received, at + 6, 2),
                      number(received, at + 12, 4),
                      cas == 0 ? "0" : "first+" + (cas - base)))
          .append(shown(received.substring(at + BinaryFrames.HEADER_BYTES, end)))
          .append('\n');
      at = end;
    }
    return lines.append(received.substring(at)).toString();
  }

  /// Bytes that don't print, in hexadecimal.
  static String shown(String bytes) {
    var shown = new StringBuilder();
    for (int at = 0; at < bytes.length(); at++) {
      char c = bytes.charAt(at);
      if (c >= ' ' && c < 0x7f && c != '\\') {
        shown.append(c);
      } else {
        shown.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
      }
    }
    return shown.toString();
  }

  private static long number(String bytes, int from, int count) {
    long number = 0;
    for (int i = from; i < from + count; i++) {
      number = number << 8 | bytes.charAt(i);
    }
    return number;
  }
}
