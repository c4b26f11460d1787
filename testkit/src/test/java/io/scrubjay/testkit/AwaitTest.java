package io.scrubjay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  private static final Duration SOON = Duration.ofMillis(10);

  @Test
  void aConditionIsAskedUntilItHolds() {
    var asked = new AtomicInteger();
    Await.until("three questions", () -> asked.incrementAndGet() == 3);
    assertEquals(3, asked.get());
  }

  @Test
  void aConditionThatNeverHoldsIsNamed() {
    var late = assertThrows(AssertionError.class, () -> Await.until("Godot", SOON, () -> false));
    assertEquals("not within PT0.01S: Godot", late.getMessage());
  }

  @Test
  void whatACallReturnsOrThrowsComesBack() throws Exception {
    assertEquals("x", Await.result("x", () -> "x"));
    var thrown = new IOException("gone");
    assertEquals(
        thrown,
        assertThrows(
            IOException.class,
            () ->
                Await.result(
                    "y",
                    () -> {
                      throw thrown;
                    })));
    var failed = new AssertionError("no");
    assertEquals(
        failed,
        assertThrows(
            AssertionError.class,
            () ->
                Await.result(
                    "z",
                    () -> {
                      throw failed;
                    })));
  }

  /// Nothing interrupts an accept.
  @Test
  void aCallThatBlocksIsLeftAndSaysWhere() throws Exception {
    try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var late =
          assertThrows(
              AssertionError.class, () -> Await.result("a client", SOON, () -> nobody.accept()));
      String said = String.valueOf(late.getMessage());
      assertTrue(said.startsWith("not within PT0.01S: a client\n  at "), said);
    }
  }
}
