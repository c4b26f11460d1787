package io.scrubjay.conformance.client;

import io.scrubjay.conformance.subject.ScrubjayTarget;

/// The promise: clients that nobody here wrote can't tell.
class ScrubjayClientTest extends ClientContract {
  ScrubjayClientTest() {
    super(ScrubjayTarget.KIND);
  }
}
