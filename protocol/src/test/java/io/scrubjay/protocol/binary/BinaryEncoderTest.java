package io.scrubjay.protocol.binary;

import static io.scrubjay.protocol.binary.Packets.nothing;
import static io.scrubjay.protocol.binary.Packets.packet;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.protocol.AllocationProbe;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Replies of section 4, compared with packets that memcached sent (opaque replaced).
final class BinaryEncoderTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void anEmptySuccessCarriesOnlyCas() {
    assertEquals(
        "810a000000000000" + "00000000deadbeef" + "0000000000000000",
        written(out -> BinaryEncoder.empty(out, request(0x0a, ""), 0)));
    assertEquals(
        "8111000000000000" + "00000000deadbeef" + "ffffffffffffffff",
        written(out -> BinaryEncoder.empty(out, request(0x11, ""), -1)));
  }

  @Test
  void b08AnErrorTellsItsTextAndTheOpcodeSent() {
    for (BinaryStatus status : BinaryStatus.values()) {
      String code = HexFormat.of().toHexDigits((byte) status.code());
      String length = HexFormat.of().toHexDigits(status.text().length());
      assertEquals(
          "81110000000000" + code + length + "deadbeef" + "0000000000000000" + hex(status.text()),
          written(out -> BinaryEncoder.error(out, request(0x11, "key"), status)));
    }
  }

  @Test
  void aHitTellsFlagsAndMaybeTheKey() {
    assertEquals(
        "8100000004000000" + "00000006deadbeef" + "000000000000000c" + "00000005",
        written(out -> BinaryEncoder.valueHeader(out, request(0x00, "bk"), 5, 2, 12)));
    assertEquals(
        "810d000204000000" + "00000008deadbeef" + "000000000000000c" + "80000005" + hex("bk"),
        written(out -> BinaryEncoder.valueHeader(out, request(0x0d, "bk"), 0x80000005, 2, 12)));
    assertEquals(
        "811c000004000000" + "00000004deadbeef" + "000000000000000c" + "00000005",
        written(out -> BinaryEncoder.valueHeader(out, request(0x1c, "bk"), 5, 0, 12)));
  }

  @Test
  void aMissWithKeyTellsTheKey() {
    assertEquals(
        "810c000200000001" + "00000002deadbeef" + "0000000000000000" + hex("zz"),
        written(out -> BinaryEncoder.missWithKey(out, request(0x0c, "zz"))));
  }

  @Test
  void aCounterIsEightBytes() {
    assertEquals(
        "8105000000000000" + "00000008deadbeef" + "0000000000000007" + "fffffffffffffffe",
        written(out -> BinaryEncoder.counter(out, request(0x05, "n"), -2, 7)));
  }

  @Test
  void textsAndStatisticsHaveTheirLengths() {
    assertEquals(
        "810b000000000000" + "00000006deadbeef" + "0000000000000000" + hex("1.6.45"),
        written(out -> BinaryEncoder.text(out, request(0x0b, ""), BinaryStatus.OK, "1.6.45")));
    assertEquals(
        "8110000300000000" + "00000005deadbeef" + "0000000000000000" + hex("pid42"),
        written(out -> BinaryEncoder.stat(out, request(0x10, ""), "pid", "42")));
  }

  @Test
  void repliesFitTheNamedRoomAndAllocateNothing() {
    BinaryRequest request = request(0x0c, "k".repeat(250));
    try (Arena arena = Arena.ofConfined()) {
      ByteOutput out = new ByteOutput(arena.allocate(BinaryEncoder.REPLY_BYTES_MAX));
      long bytes =
          AllocationProbe.bytesPerCall(
              () -> {
                out.position(0);
                BinaryEncoder.valueHeader(out, request, -1, 100, -1);
                out.position(0);
                BinaryEncoder.missWithKey(out, request);
                out.position(0);
                BinaryEncoder.counter(out, request, -1, -1);
                BinaryEncoder.error(out, request, BinaryStatus.NON_NUMERIC);
              });
      assertEquals(0, bytes);
    }
  }

  private static BinaryRequest request(int opcode, String key) {
    int code = BinaryOpcode.of(opcode).shape == BinaryOpcode.Shape.KEY ? opcode : 0;
    byte[] packet = packet(code, nothing(), key.isEmpty() ? "k" : key, "");
    BinaryRequest request = new BinaryRequest();
    new BinaryDecoder().decode(MemorySegment.ofArray(packet), 0, packet.length, request);
    request.opcodeByte = opcode;
    request.opcode = BinaryOpcode.of(opcode);
    return request;
  }

  private static String hex(String text) {
    return HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String written(Consumer<ByteOutput> writer) {
    ByteOutput out = new ByteOutput(MemorySegment.ofArray(new byte[BinaryEncoder.REPLY_BYTES_MAX]));
    writer.accept(out);
    return HEX.formatHex(out.segment().asSlice(0, out.position()).toArray(JAVA_BYTE));
  }
}
