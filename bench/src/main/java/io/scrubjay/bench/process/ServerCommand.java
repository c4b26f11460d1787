package io.scrubjay.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How to start one of the two servers.
///
/// @param name heads its column of a table
/// @param words what is executed, without memcached's options
/// @param environment set for the process beside this one's
public record ServerCommand(String name, List<String> words, Map<String, String> environment) {

  public ServerCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  public static ServerCommand memcached(String path) {
    return new ServerCommand("memcached", List.of(path), Map.of());
  }

  public static ServerCommand scrubjay(Path launcher) {
    return new ServerCommand(
        "Scrubjay", List.of(launcher.toAbsolutePath().normalize().toString()), Map.of());
  }

  public ServerCommand withPrefix(List<String> prefix) {
    List<String> longer = new ArrayList<>(prefix);
    longer.addAll(words);
    return new ServerCommand(name, longer, environment);
  }

  public ServerCommand withEnvironment(Map<String, String> more) {
    return new ServerCommand(name, words, more);
  }
}
