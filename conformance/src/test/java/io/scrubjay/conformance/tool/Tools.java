package io.scrubjay.conformance.tool;

import org.opentest4j.TestAbortedException;

/// What a test does that finds a tool missing.
public final class Tools {
  private Tools() {}

  /// With environment variable `SCRUBJAY_REQUIRE_TOOLS=1` the failure of the test, without it its
  /// being skipped, with the reason.
  public static RuntimeException missing(String reason) {
    if ("1".equals(System.getenv("SCRUBJAY_REQUIRE_TOOLS"))) {
      throw new AssertionError("SCRUBJAY_REQUIRE_TOOLS=1 but " + reason);
    }
    return new TestAbortedException(reason);
  }
}
