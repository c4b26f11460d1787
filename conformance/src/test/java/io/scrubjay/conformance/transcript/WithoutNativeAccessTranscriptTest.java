package io.scrubjay.conformance.transcript;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import org.junit.jupiter.api.Tag;

@Tag(ScrubjayTarget.NATIVE_ACCESS_DENIED)
class WithoutNativeAccessTranscriptTest extends TranscriptContract {
  WithoutNativeAccessTranscriptTest() {
    super(ScrubjayTarget.WITHOUT_NATIVE_ACCESS, false);
  }
}
