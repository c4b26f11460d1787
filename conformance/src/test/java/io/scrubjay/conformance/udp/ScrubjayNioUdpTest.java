package io.scrubjay.conformance.udp;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import java.io.IOException;
import java.util.List;

class ScrubjayNioUdpTest extends UdpContract {
  ScrubjayNioUdpTest() throws IOException {
    super(ScrubjayTarget.KIND, List.of("-o", "poller=nio"));
  }
}
