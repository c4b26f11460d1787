package io.scrubjay.server.stats;

/// Who we are, and whom we are like.
public final class Version {
  /// What the `version` command answers: the memcached whose behaviour this server has.
  public static final String MEMCACHED = "1.6.45";

  public static final String SCRUBJAY = "0.1.0";

  private Version() {}
}
