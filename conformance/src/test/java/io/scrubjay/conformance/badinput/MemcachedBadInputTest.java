package io.scrubjay.conformance.badinput;

import io.scrubjay.conformance.subject.MemcachedTarget;
import io.scrubjay.conformance.subject.NeedsMemcached;

/// Shows that what is asked of us is what memcached does.
@NeedsMemcached
class MemcachedBadInputTest extends BadInputContract {
  MemcachedBadInputTest() {
    super(MemcachedTarget.installed().orElseThrow());
  }
}
