package io.scrubjay.conformance.transcript;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.NeedsMemcached;

/// Holds the transcripts themselves to a real memcached.
@NeedsMemcached
class MemcachedTranscriptTest extends TranscriptContract {
  MemcachedTranscriptTest() {
    super(MemcachedTarget.installed().orElseThrow());
  }
}
