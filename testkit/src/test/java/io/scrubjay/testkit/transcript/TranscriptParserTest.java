package io.scrubjay.testkit.transcript;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranscriptParserTest {
  private static Transcript parse(String text) {
    return TranscriptParser.parse("2.1/example", List.of(text.split("\n")));
  }

  private static byte[] sent(Step step) {
    return assertInstanceOf(Step.Send.class, step).bytes().bytes(Map.of(), 1_000);
  }

  @Test
  void aRequestLineEndsInCrlfAndARawOneInNothing() {
    var steps = parse("> get a\n>> x\\r\\n\\x41\\0\\\\\n").steps();
    assertArrayEquals("get a\r\n".getBytes(ISO_8859_1), sent(steps.get(0)));
    assertArrayEquals("x\r\nA\0\\".getBytes(ISO_8859_1), sent(steps.get(1)));
  }

  @Test
  void repeatsAndTimesAreFilledIn() {
    var steps = parse("> {ab*3} {now+60} {now}").steps();
    assertArrayEquals("ababab 1060 1000\r\n".getBytes(ISO_8859_1), sent(steps.get(0)));
  }

  @Test
  void aNameBindsOnceAndThenMustBeEqual() {
    var line = Template.parse("VALUE a 0 1 {cas}", false, "\r\n");
    var bound = new HashMap<String, Long>();
    assertTrue(line.matches("VALUE a 0 1 7\r\n", bound, 0));
    assertEquals(7, bound.get("cas"));
    assertFalse(line.matches("VALUE a 0 1 8\r\n", bound, 0));
    assertTrue(Template.parse("{new>cas}", false, "\r\n").matches("8\r\n", bound, 0));
    assertFalse(Template.parse("{newer>new}", false, "\r\n").matches("8\r\n", bound, 0));
  }

  @Test
  void aTranscriptThatSendsWhatAnAnswerSaidDoesNotPipeline() {
    assertTrue(parse("> get a\n< END").pipelines());
    assertFalse(parse("> cas a 0 0 1 {cas}").pipelines());
    assertFalse(parse("@ client 2\n> get a").pipelines());
    assertFalse(parse("@ advance 1").pipelines());
  }

  @Test
  void flagsDifferencesAndOwnServersAreRead() {
    var transcript = parse("@ options -I 1k -M\n@ memcached differs: newer\n> x");
    assertEquals(List.of("-I", "1k", "-M"), transcript.serverFlags());
    assertEquals("newer", transcript.differences());
    assertTrue(transcript.ownServer());
  }

  @Test
  void whatCannotBeReadNamesFileAndLine() {
    var error = assertThrows(IllegalArgumentException.class, () -> parse("> a\nnonsense"));
    assertTrue(
        String.valueOf(error.getMessage()).startsWith("2.1/example.mct:2: "), error::toString);
    assertThrows(IllegalArgumentException.class, () -> parse("# nothing"));
    assertThrows(IllegalArgumentException.class, () -> parse(">> \\q"));
  }
}
