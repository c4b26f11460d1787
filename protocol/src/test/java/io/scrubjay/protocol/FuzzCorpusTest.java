package io.scrubjay.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.scrubjay.protocol.binary.BinaryFuzz;
import io.scrubjay.protocol.meta.MetaFuzz;
import io.scrubjay.protocol.text.TextFuzz;
import io.scrubjay.protocol.udp.UdpFuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What fuzzing found worth keeping, shown to each decoder in every build: inputs that reach
/// different code, and those that once broke something. One input per line, in hexadecimal.
final class FuzzCorpusTest {
  private static final int INPUTS_MIN = 10;

  @TestFactory
  Stream<DynamicTest> everyInputKeepsTheRules() {
    return Stream.of(
        test("text", TextFuzz::fuzzerTestOneInput),
        test("meta", MetaFuzz::fuzzerTestOneInput),
        test("binary", BinaryFuzz::fuzzerTestOneInput),
        test("udp", UdpFuzz::fuzzerTestOneInput));
  }

  private static DynamicTest test(String name, Consumer<byte[]> target) {
    return dynamicTest(
        name,
        () -> {
          List<String> inputs = inputs(name);
          assertTrue(inputs.size() >= INPUTS_MIN, "only " + inputs.size());
          for (String hex : inputs) {
            try {
              target.accept(HexFormat.of().parseHex(hex));
            } catch (RuntimeException | AssertionError e) {
              throw new AssertionError(name + " " + hex, e);
            }
          }
        });
  }

  private static List<String> inputs(String name) throws IOException {
    try (InputStream file = FuzzCorpusTest.class.getResourceAsStream("/fuzz/" + name + ".hex")) {
      if (file == null) {
        throw new IOException("no corpus " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
