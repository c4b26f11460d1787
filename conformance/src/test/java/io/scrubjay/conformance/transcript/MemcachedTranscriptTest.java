package io.scrubjay.conformance.transcript;

import io.scrubjay.conformance.subject.MemcachedTarget;
import org.junit.jupiter.api.condition.EnabledIf;

/// Holds the transcripts themselves to a real memcached.
@EnabledIf(
    value = "io.scrubjay.conformance.subject.MemcachedTarget#isInstalled",
    disabledReason = "no memcached on the PATH; SCRUBJAY_REQUIRE_TOOLS=1 makes that a failure")
class MemcachedTranscriptTest extends TranscriptContract {
  MemcachedTranscriptTest() {
    super(MemcachedTarget.installed().orElseThrow());
  }
}
