package io.scrubjay.net;

/// Where we run, as far as system calls and their layouts differ.
enum Platform {
  LINUX_X86_64,
  LINUX_AARCH64,
  OTHER;

  /// The JVM's own words for the machine are no setting of ours, so this is not left to `cli`.
  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String system, String architecture) {
    if (!system.equals("Linux")) {
      return OTHER;
    }
    return switch (architecture) {
      case "amd64", "x86_64" -> LINUX_X86_64;
      case "aarch64" -> LINUX_AARCH64;
      default -> OTHER;
    };
  }
}
