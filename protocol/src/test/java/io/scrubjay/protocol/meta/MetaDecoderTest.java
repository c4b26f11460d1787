package io.scrubjay.protocol.meta;

import static io.scrubjay.protocol.meta.MetaDecoding.good;
import static io.scrubjay.protocol.meta.MetaDecoding.key;
import static io.scrubjay.protocol.meta.MetaDecoding.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows and the syntax of 3.2 to 3.7.
final class MetaDecoderTest {
  private static final String LONG_KEY = "k".repeat(251);

  @Test
  void x01AKeyIsNeededAndHasALimit() {
    for (String verb : List.of("mg", "ms", "md", "ma", "me")) {
      refused(MetaError.BAD_COMMAND_LINE, 0, verb + "  ");
    }
    for (String verb : List.of("mg", "md", "me")) {
      refused(MetaError.BAD_COMMAND_LINE, 0, verb + " " + LONG_KEY);
    }
    refused(MetaError.BAD_COMMAND_LINE, 4, "ms " + LONG_KEY + " 2");
    refused(MetaError.INVALID_OR_DUPLICATE_FLAG, 0, "ma " + LONG_KEY);
    assertEquals(250, good("mg " + "k".repeat(250)).keyLength);
  }

  @Test
  void x01ABadDataLengthSwallowsNothing() {
    for (String length : List.of("", " x", " -1", " +1", " 2147483646", " S2")) {
      refused(MetaError.BAD_COMMAND_LINE, 0, "ms k" + length);
    }
    assertEquals(2147483645, good("ms k 2147483645").valueBytes);
  }

  @Test
  void x02AFlagStartsWithALetterOrDigit() {
    for (String flag : List.of("!", "{x", "\u00e9", "\t", "-1")) {
      refused(MetaError.BAD_COMMAND_LINE, 0, "mg k v " + flag);
      refused(MetaError.INVALID_OR_DUPLICATE_FLAG, 0, "ma k v " + flag);
      refused(MetaError.BAD_COMMAND_LINE, 5, "ms k 3 " + flag);
    }
    refused(MetaError.INVALID_FLAG, 0, "mg k 5");
    refused(MetaError.INVALID_FLAG, 0, "mg k _");
  }

  @Test
  void x03TwentyTokensAreTheMost() {
    String eighteen = " v k c f t s h l u q x I O1 P L M N1 T1";
    assertEquals(18, good("mg k" + eighteen).flags());
    refused(MetaError.TOO_MANY_FLAGS, 0, "mg k" + eighteen + " R1");
    refused(MetaError.TOO_MANY_FLAGS, 3, "ms k 1" + eighteen);
  }

  @Test
  void x04TheFirstUnknownOrRepeatedFlagIsTold() {
    refused(MetaError.DUPLICATE_FLAG, 0, "mg k v v S");
    refused(MetaError.INVALID_FLAG, 0, "mg k v S v");
    refused(MetaError.INVALID_FLAG, 3, "ms k 1 z");
    String known = "b N1 T1 R1 l O P L k s t c f v h u q";
    good("mg YQ== " + known);
    good("mg k x F1 C1 E1 M J1 D1 I");
    for (char letter = '0'; letter <= 'z'; letter++) {
      boolean isKnown = (known + " x F C E M J D I").indexOf(letter) >= 0 && letter != '1';
      boolean starts = letter <= '9' || letter >= 'A';
      if (!isKnown && starts) {
        refused(MetaError.INVALID_FLAG, 0, "mg k " + letter + "1");
      }
    }
  }

  @Test
  void x05TheLastBadNumberIsTold() {
    for (String flag : List.of("N", "Tx", "R2147483648", "C", "E-1")) {
      refused(MetaError.BAD_TOKEN, 0, "mg k " + flag);
    }
    refused(MetaError.BAD_COMMAND_LINE, 0, "mg k F-1");
    refused(MetaError.INVALID_INITIAL, 0, "mg k Jx");
    refused(MetaError.INVALID_DELTA, 0, "mg k Dx");
    refused(MetaError.INVALID_DELTA, 0, "mg k Jx Dx");
    refused(MetaError.INVALID_INITIAL, 0, "mg k Dx Jx");
    refused(MetaError.BAD_TOKEN, 0, "mg k Dx Nx");
    refused(MetaError.INVALID_DELTA, 0, "mg k Dx Fx");
    refused(MetaError.INVALID_DELTA, 0, "mg k Fx Dx");
    refused(MetaError.INVALID_FLAG, 0, "mg k Dx z");
    refused(MetaError.DUPLICATE_FLAG, 0, "mg k Dx v v");
  }

  @Test
  void x05NumbersAreReadByTheirType() {
    MetaRequest request =
        good("ma k N-1 T2147483647 R-2147483648 F4294967295 C18446744073709551615 E2 J3 D4");
    assertEquals(-1, request.vivifyExptime);
    assertEquals(Integer.MAX_VALUE, request.exptime);
    assertEquals(Integer.MIN_VALUE, request.recacheSeconds);
    assertEquals(-1, request.clientFlags);
    assertEquals(-1, request.compareCas);
    assertEquals(2, request.explicitCas);
    assertEquals(3, request.initial);
    assertEquals(4, request.delta);
    assertEquals(1, good("ma k").delta);
  }

  @Test
  void x06ArithmeticTellsOneErrorForAll() {
    for (String flags : List.of("z", "v v", "Nx", "Fx", "Jx", "Dx", "b", "!")) {
      refused(MetaError.INVALID_OR_DUPLICATE_FLAG, 0, "ma k " + flags);
    }
  }

  @Test
  void x07ABase64KeyIsDecoded() {
    MetaRequest request = good("mg YWI= v b");
    assertTrue(request.binaryKey);
    assertEquals("ab", key(request));
    assertEquals("a", key(good("mg YQ== b")));
    assertEquals("abc", key(good("ms YWJj 1 b")));
    assertEquals("\0\u00ff \n", key(good("mg AP8gCg== b")));
    assertEquals("YQ==", key(good("mg YQ== v")));
    for (String key : List.of("YQ", "YQ=", "Y===", "====", "Y-Q=", "a", "YQ==YQ==", "Y=Q=")) {
      refused(MetaError.UNDECODABLE_KEY, 0, "mg " + key + " b");
    }
  }

  @Test
  void x08AnOpaqueHasALimit() {
    good("mg k O" + "x".repeat(31));
    refused(MetaError.OPAQUE_TOO_LONG, 0, "mg k O" + "x".repeat(32));
    refused(MetaError.OPAQUE_TOO_LONG, 0, "ma k O" + "x".repeat(32));
    refused(MetaError.OPAQUE_TOO_LONG, 3, "ms k 1 O" + "x".repeat(32));
  }

  @Test
  void x13NoreplyIsReadAsAFlag() {
    refused(MetaError.INVALID_FLAG, 0, "mg k noreply");
  }

  @Test
  void modesAreOneLetter() {
    assertEquals(MetaMode.SET, good("ms k 1").mode);
    assertEquals(MetaMode.SET, good("ms k 1 MSET").mode);
    assertEquals(MetaMode.ADD, good("ms k 1 ME").mode);
    assertEquals(MetaMode.APPEND, good("ms k 1 MA").mode);
    assertEquals(MetaMode.PREPEND, good("ms k 1 MP").mode);
    assertEquals(MetaMode.REPLACE, good("ms k 1 MR").mode);
    assertEquals(MetaMode.INCREMENT, good("ma k").mode);
    assertEquals(MetaMode.INCREMENT, good("ma k MI").mode);
    assertEquals(MetaMode.INCREMENT, good("ma k M+").mode);
    assertEquals(MetaMode.DECREMENT, good("ma k MD").mode);
    assertEquals(MetaMode.DECREMENT, good("ma k M-").mode);
    for (String mode : List.of("M", "Ms", "MI", "M+")) {
      refused(MetaError.INVALID_STORE_MODE, 3, "ms k 1 " + mode);
    }
    for (String mode : List.of("M", "Mi", "MS")) {
      refused(MetaError.INVALID_ARITHMETIC_MODE, 0, "ma k " + mode);
    }
    good("mg k M");
  }

  @Test
  void q05DebugDecodesItsKeyWheneverAsked() {
    assertEquals("a", key(good("me YQ== b")));
    assertEquals("a", key(good("me YQ== x b")));
    assertEquals("YQ==", key(good("me YQ==")));
    assertEquals("YQ==", key(good("me YQ== ! bb 7")));
    refused(MetaError.UNDECODABLE_KEY, 0, "me Y b");
  }

  @Test
  void noopTakesAnything() {
    assertFalse(good("mn ! ! !").has('q'));
    good("mn" + " x".repeat(50));
  }

  @Test
  void flagsAreKeptInOrder() {
    MetaRequest request = good("mg  k  t   O12 v  q ");
    assertEquals(4, request.flags());
    assertEquals('t', request.flag(0));
    assertEquals('O', request.flag(1));
    assertEquals('v', request.flag(2));
    assertTrue(request.has('v') && request.quiet());
    assertFalse(request.has('k'));
    assertFalse(request.has('7'));
  }
}
