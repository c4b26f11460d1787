package io.scrubjay.conformance.client;

import io.scrubjay.conformance.subject.MemcachedTarget;
import org.junit.jupiter.api.condition.EnabledIf;

/// Holds the contract and the adapters to a real memcached.
@EnabledIf(
    value = "io.scrubjay.conformance.subject.MemcachedTarget#isInstalled",
    disabledReason = "no memcached on the PATH; SCRUBJAY_REQUIRE_TOOLS=1 makes that a failure")
class MemcachedClientTest extends ClientContract {
  MemcachedClientTest() {
    super(MemcachedTarget.installed().orElseThrow());
  }
}
