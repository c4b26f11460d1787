package io.scrubjay.conformance.transcript;

import io.scrubjay.conformance.subject.ScrubjayTarget;

class ScrubjayTranscriptTest extends TranscriptContract {
  ScrubjayTranscriptTest() {
    super(ScrubjayTarget.KIND);
  }
}
