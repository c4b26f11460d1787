package io.scrubjay.cli;

/// The version, as `-V` prints it.
final class Version {
  /// The version in the pom; the tidy test holds the two together.
  static final String NUMBER = "0.1.0";

  /// The memcached whose behaviour this is.
  static final String MEMCACHED = "1.6.45";

  static final String LINE = "scrubjay " + NUMBER + " (memcached " + MEMCACHED + ")";

  private Version() {}
}
