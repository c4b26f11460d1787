package io.scrubjay.bench.compare;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a client does to its server.
enum HostileKind {
  READER("a reader that never reads"),
  WRITER("a writer that stops in mid value"),
  HANDSHAKE("a TLS handshake byte by byte"),
  WATCHERS("watchers that never read");

  private final String summary;

  HostileKind(String summary) {
    this.summary = summary;
  }

  /// Of a list such as `reader,watchers`.
  static Set<HostileKind> parse(String list) {
    Set<HostileKind> kinds = EnumSet.noneOf(HostileKind.class);
    for (String word : list.split(",", -1)) {
      kinds.add(
          Arrays.stream(values())
              .filter(kind -> kind.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--only = " + list + ", must be some of " + words(Set.of(values())))));
    }
    return kinds;
  }

  static String words(Set<HostileKind> kinds) {
    return kinds.stream().sorted().map(HostileKind::word).collect(Collectors.joining(","));
  }

  static String summary(Set<HostileKind> kinds) {
    return kinds.stream().sorted().map(kind -> kind.summary).collect(Collectors.joining(", "));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
