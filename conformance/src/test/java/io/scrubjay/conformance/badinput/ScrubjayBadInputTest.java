package io.scrubjay.conformance.badinput;

import io.scrubjay.conformance.subject.ScrubjayTarget;

class ScrubjayBadInputTest extends BadInputContract {
  ScrubjayBadInputTest() {
    super(ScrubjayTarget.KIND);
  }
}
