package io.scrubjay.conformance.client;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.NeedsMemcached;

/// Holds the contract and the adapters to a real memcached.
@NeedsMemcached
class MemcachedClientTest extends ClientContract {
  MemcachedClientTest() {
    super(MemcachedTarget.installed().orElseThrow());
  }
}
