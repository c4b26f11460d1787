package io.scrubjay.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SocketActivationTest {
  @Test
  void theSocketsOfThisProcessBeginAtThree() {
    assertEquals(
        List.of(3, 4),
        SocketActivation.descriptors(Map.of("LISTEN_PID", "7", "LISTEN_FDS", "2"), 7));
  }

  @Test
  void whatIsMeantForAnotherProcessIsNotTaken() {
    assertEquals(
        List.of(), SocketActivation.descriptors(Map.of("LISTEN_PID", "8", "LISTEN_FDS", "2"), 7));
    assertEquals(List.of(), SocketActivation.descriptors(Map.of("LISTEN_FDS", "2"), 7));
  }

  @Test
  void aNumberThatCannotBeIsNone() {
    for (String count : List.of("0", "-1", "x", "99999")) {
      assertEquals(
          List.of(),
          SocketActivation.descriptors(Map.of("LISTEN_PID", "7", "LISTEN_FDS", count), 7));
    }
  }
}
