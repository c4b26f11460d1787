package io.scrubjay.conformance.udp;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrubjayUdpTest extends UdpContract {
  ScrubjayUdpTest() throws IOException {
    super(ScrubjayTarget.KIND, List.of());
  }

  /// memcached sometimes loses what follows a response of nothing.
  @Test
  void anEmptyResponseBehindOthersIsNone() throws IOException {
    assertAnswers("mn\r\nget none k\r\n", "MN\r\n", "VALUE k 0 2\r\nhi\r\nEND\r\n");
    assertAnswers("mn\r\nquit\r\nmn\r\n", "MN\r\n");
  }

  /// memcached takes the following datagrams, headers and all, for the missing bytes.
  @Test
  void aPartialValueIsDiscarded() throws IOException {
    assertDropped("set p 0 0 10\r\nabc");
    assertDropped("set p 0 0 2000000\r\nabc");
  }
}
