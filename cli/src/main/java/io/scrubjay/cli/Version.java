package io.scrubjay.cli;

import io.scrubjay.server.Scrubjay;

/// The version, as `-V` prints it.
final class Version {
  /// The version in the pom; the tidy test holds the two together.
  static final String NUMBER = "0.1.0";

  static final String LINE =
      "scrubjay " + NUMBER + " (memcached " + Scrubjay.MEMCACHED_VERSION + ")";

  private Version() {}
}
