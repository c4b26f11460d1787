package io.scrubjay.server.stats;

/// Whom we are like.
public final class Version {
  /// What the `version` command answers: the memcached whose behaviour this server has.
  public static final String MEMCACHED = "1.6.45";

  private Version() {}
}
