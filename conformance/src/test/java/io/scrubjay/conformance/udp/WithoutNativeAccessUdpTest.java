package io.scrubjay.conformance.udp;

import io.scrubjay.conformance.subject.ScrubjayTarget;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag(ScrubjayTarget.NATIVE_ACCESS_DENIED)
class WithoutNativeAccessUdpTest extends UdpContract {
  WithoutNativeAccessUdpTest() throws IOException {
    super(ScrubjayTarget.WITHOUT_NATIVE_ACCESS, List.of());
  }
}
