package io.scrubjay.conformance.udp;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.NeedsMemcached;
import java.io.IOException;
import java.util.List;

/// Shows that what is asked of us is what memcached does.
@NeedsMemcached
class MemcachedUdpTest extends UdpContract {
  MemcachedUdpTest() throws IOException {
    super(MemcachedTarget.installed().orElseThrow(), List.of());
  }
}
