package io.scrubjay.conformance.udp;

import io.scrubjay.conformance.subject.MemcachedTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;

/// Shows that what is asked of us is what memcached does.
@EnabledIf(
    value = "io.scrubjay.conformance.subject.MemcachedTarget#isInstalled",
    disabledReason = "no memcached on the PATH; SCRUBJAY_REQUIRE_TOOLS=1 makes that a failure")
class MemcachedUdpTest extends UdpContract {
  MemcachedUdpTest() throws IOException {
    super(MemcachedTarget.installed().orElseThrow(), List.of());
  }
}
