package io.scrubjay.server.binary;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.scrubjay.protocol.binary.BinaryDecoder;
import io.scrubjay.protocol.binary.BinaryRequest;
import io.scrubjay.protocol.binary.BinaryStatus;
import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.WrittenReply;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// What `-vv` tells of packets, in memcached's words: the header of each in hexadecimal, what a
/// request wants, and the text of an error; values are not shown. Threads: the worker's.
final class PacketEcho implements WrittenReply.Teller {
  private static final int HEADER_BYTES = BinaryDecoder.HEADER_BYTES;
  private static final int WORD_BYTES = 4;
  private static final int KEY_LENGTH_AT = 2;
  private static final int EXTRAS_LENGTH_AT = 4;
  private static final int STATUS_AT = 6;
  private static final int BODY_LENGTH_AT = 8;

  private final ServerLog log;

  PacketEcho(ServerLog log) {
    this.log = log;
  }

  /// A request's header has come.
  void came(int connection, MemorySegment input, long from) {
    byte[] header = input.asSlice(from, HEADER_BYTES).toArray(JAVA_BYTE);
    log.line(dump("<" + connection, " Read binary protocol data:", "    ", header));
  }

  /// It will be served.
  void asks(int connection, BinaryRequest request) {
    String key = ServerLog.printable(request.segment, request.keyOffset, request.keyLength);
    switch (request.opcode) {
      case GET, GETK -> log.line("<" + connection + " GET " + key);
      case GAT, GATK, TOUCH -> log.line("<" + connection + " TOUCH " + key);
      case SET, ADD, REPLACE -> {
        String verb = request.opcode.name();
        log.line("<" + connection + " " + verb + " " + key + " Value len is " + request.valueBytes);
      }
      case APPEND, PREPEND -> log.line("Value len is " + request.valueBytes);
      case DELETE -> log.line("Deleting " + key);
      // One word for both, as memcached has it.
      case INCREMENT, DECREMENT -> {
        String initial = Long.toUnsignedString(request.initial);
        log.line("incr " + key + " " + request.delta + ", " + initial + ", " + request.exptime);
      }
      case STAT -> log.line("<" + connection + " STATS " + key);
      case FLUSH, NOOP, VERSION, QUIT, SASL_LIST_MECHS, SASL_AUTH, SASL_STEP, UNKNOWN -> {}
    }
  }

  @Override
  public void replied(int connection, MemorySegment bytes, long from, long to) {
    for (long at = from; at + HEADER_BYTES <= to; ) {
      byte[] header = bytes.asSlice(at, HEADER_BYTES).toArray(JAVA_BYTE);
      ByteBuffer fields = ByteBuffer.wrap(header);
      int bodyBytes = fields.getInt(BODY_LENGTH_AT);
      if (saysWhatFailed(fields)) {
        byte[] text = bytes.asSlice(at + HEADER_BYTES, bodyBytes).toArray(JAVA_BYTE);
        log.line(">" + connection + " Writing an error: " + new String(text, US_ASCII));
      }
      log.line(dump(">" + connection, " Writing bin response:", "   ", header));
      at += HEADER_BYTES + bodyBytes;
    }
  }

  /// The body of a miss may be the key, and that of a SASL step the challenge.
  private static boolean saysWhatFailed(ByteBuffer header) {
    int status = header.getShort(STATUS_AT);
    return status != BinaryStatus.OK.code()
        && status != BinaryStatus.AUTH_CONTINUE.code()
        && header.getShort(KEY_LENGTH_AT) == 0
        && header.get(EXTRAS_LENGTH_AT) == 0;
  }

  private static String dump(String who, String what, String indent, byte[] header) {
    var text = new StringBuilder(who).append(what);
    for (int at = 0; at < header.length; at++) {
      text.append(at % WORD_BYTES == 0 ? System.lineSeparator() + who + indent : " ");
      text.append("0x%02x".formatted(header[at]));
    }
    return text.toString();
  }
}
