package io.scrubjay.engine.slab;

import io.scrubjay.engine.Key;
import io.scrubjay.memory.Jenkins;
import io.scrubjay.memory.Murmur3;
import io.scrubjay.memory.Xxh3;
import java.util.Locale;

/// `-o hash_algorithm`. A switch rather than a method per constant: the branch is always the same
/// one, and the default costs nothing at start.
enum HashAlgorithm {
  JENKINS,
  MURMUR3,
  XXH3;

  int hash(Key key) {
    return switch (this) {
      case MURMUR3 -> Murmur3.hash(key.segment(), key.offset(), key.length());
      case JENKINS -> Jenkins.hash(key.segment(), key.offset(), key.length());
      case XXH3 -> Xxh3.hash(key.segment(), key.offset(), key.length());
    };
  }

  String settingsName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static HashAlgorithm named(String name) {
    for (HashAlgorithm algorithm : values()) {
      if (algorithm.settingsName().equals(name)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException(
        "hash_algorithm = " + name + ", must be jenkins, murmur3 or xxh3");
  }
}
