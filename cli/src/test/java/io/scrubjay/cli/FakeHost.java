package io.scrubjay.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A machine with one account besides root.
record FakeHost(String userName, boolean ipv6) implements Host {
  static final FakeHost USER = new FakeHost("jay", true);
  static final FakeHost ROOT = new FakeHost("root", true);

  @Override
  public boolean root() {
    return userName.equals("root");
  }

  @Override
  public @Nullable String environment(String name) {
    return null;
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
