package io.scrubjay.conformance.transcript;

import io.scrubjay.conformance.subject.ScrubjayTarget;

/// The persistent engine is held to the same transcripts.
class PersistentTranscriptTest extends TranscriptContract {
  PersistentTranscriptTest() {
    super(ScrubjayTarget.PERSISTENT);
  }
}
