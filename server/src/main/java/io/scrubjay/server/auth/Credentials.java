package io.scrubjay.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Users and their passwords. Immutable.
///
/// A check takes the same time whether the user is known or not: every entry is compared, names and
/// plain passwords as hashes of one length, and what a known user's hashed passwords cost is spent
/// for everybody. Threads: any.
public final class Credentials {
  /// One line of a file. A name may have several.
  static final class Entry {
    private final byte[] nameHash;
    private final String name;
    private final Password password;

    Entry(byte[] name, Password password) {
      this.nameHash = Pbkdf2.sha256(name);
      this.name = new String(name, ISO_8859_1);
      this.password = password;
    }
  }

  static final Credentials NONE = new Credentials(List.of());

  private static final byte[] DECOY = new byte[Pbkdf2.HASH_BYTES];

  private final List<Entry> entries;
  private final int iterationsPerCheck;
  private final int iterationsTypical;

  Credentials(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    Map<String, Integer> perName = new HashMap<>();
    int typical = 0;
    for (Entry entry : entries) {
      perName.merge(entry.name, entry.password.iterations(), Integer::sum);
      typical = Math.max(typical, entry.password.iterations());
    }
    this.iterationsPerCheck = perName.values().stream().mapToInt(i -> i).max().orElse(0);
    this.iterationsTypical = typical;
  }

  public int size() {
    return entries.size();
  }

  /// Whether some entry has this name and this password.
  public boolean admit(byte[] name, byte[] password) {
    byte[] nameHash = Pbkdf2.sha256(name);
    boolean admitted = false;
    int spent = 0;
    for (Entry entry : entries) {
      boolean named = MessageDigest.isEqual(nameHash, entry.nameHash);
      if (entry.password.iterations() == 0) {
        boolean same = entry.password.is(password);
        admitted |= named && same;
      } else if (named) {
        admitted |= entry.password.is(password);
        spent += entry.password.iterations();
      }
    }
    if (spent < iterationsPerCheck) {
      byte[] _ = Pbkdf2.derive(password, DECOY, iterationsPerCheck - spent);
    }
    return admitted;
  }

  /// The first entry of this name.
  @Nullable Password find(byte[] name) {
    byte[] nameHash = Pbkdf2.sha256(name);
    Password found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(nameHash, entry.nameHash) && found == null) {
        found = entry.password;
      }
    }
    return found;
  }

  /// What an unknown user's hash would have been made with, going by the known ones'; 0: they are
  /// plain.
  int iterationsTypical() {
    return iterationsTypical;
  }
}
