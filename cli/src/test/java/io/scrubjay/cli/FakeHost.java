package io.scrubjay.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A machine with one account besides root.
record FakeHost(String userName, boolean ipv6, Map<String, String> environment) implements Host {
  static final FakeHost USER = new FakeHost("jay", true);
  static final FakeHost ROOT = new FakeHost("root", true);

  FakeHost(String userName, boolean ipv6) {
    this(userName, ipv6, Map.of());
  }

  @Override
  public boolean root() {
    return userName.equals("root");
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public List<Integer> inheritedSockets() {
    return List.of();
  }

  @Override
  public boolean userExists(String name) {
    return Set.of("root", "jay").contains(name);
  }
}
