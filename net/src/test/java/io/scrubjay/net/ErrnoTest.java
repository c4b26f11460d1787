package io.scrubjay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrnoTest {
  @ParameterizedTest
  @CsvSource({
    "11, NONE_WAITING",
    "4, TRY_AGAIN",
    "103, TRY_AGAIN",
    "71, TRY_AGAIN",
    "1, TRY_AGAIN",
    "100, TRY_AGAIN",
    "24, OUT_OF_FILES",
    "23, OUT_OF_FILES",
    "9, BROKEN",
    "22, BROKEN",
  })
  void acceptsFailuresAreSortedByWhoseTheyAre(int errno, Errno.AcceptFailure failure) {
    assertEquals(failure, Errno.acceptFailure(errno));
  }

  @ParameterizedTest
  @ValueSource(ints = {23, 24})
  void runningOutOfDescriptorsHasItsOwnException(int errno) {
    assertInstanceOf(TooManyOpenFilesException.class, Errno.exception(errno, "accepting"));
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 98, 99})
  void addressesThatCannotBeBoundHaveTheirOwnException(int errno) {
    assertInstanceOf(BindException.class, Errno.exception(errno, "listening"));
  }

  @Test
  void anErrorWithoutANameKeepsItsNumber() {
    IOException failure = Errno.exception(4711, "trying");
    assertTrue(String.valueOf(failure.getMessage()).contains("trying: errno 4711"));
  }
}
