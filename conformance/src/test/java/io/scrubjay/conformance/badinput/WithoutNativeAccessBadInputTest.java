package io.scrubjay.conformance.badinput;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import org.junit.jupiter.api.Tag;

@Tag(ScrubjayTarget.NATIVE_ACCESS_DENIED)
class WithoutNativeAccessBadInputTest extends BadInputContract {
  WithoutNativeAccessBadInputTest() {
    super(ScrubjayTarget.WITHOUT_NATIVE_ACCESS);
  }
}
