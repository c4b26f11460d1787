package io.scrubjay.conformance.badinput;

import io.scrubjay.conformance.subject.MemcachedTarget;
import org.junit.jupiter.api.condition.EnabledIf;

/// Shows that what is asked of us is what memcached does.
@EnabledIf(
    value = "io.scrubjay.conformance.subject.MemcachedTarget#isInstalled",
    disabledReason = "no memcached on the PATH; SCRUBJAY_REQUIRE_TOOLS=1 makes that a failure")
class MemcachedBadInputTest extends BadInputContract {
  MemcachedBadInputTest() {
    super(MemcachedTarget.installed().orElseThrow());
  }
}
