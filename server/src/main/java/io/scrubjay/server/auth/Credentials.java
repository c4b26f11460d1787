package io.scrubjay.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Users and their passwords. Immutable.
///
/// A check takes the same time whether the user is known or not: every entry is compared, names and
/// plain passwords as hashes of one length, and what a known user's hashed passwords cost is spent
/// for everybody. Threads: any.
public final class Credentials {
  /// One line of a file. A name may have several.
  static final class Entry {
    private static final String DATABASE_PREFIX = "{database=";

    private final byte[] nameHash;
    private final String name;
    private final User user;
    private final Password password;

    private Entry(byte[] name, User user, Password password) {
      this.nameHash = Pbkdf2.sha256(name);
      this.name = new String(name, ISO_8859_1);
      this.user = user;
      this.password = password;
    }

    /// `secret` is what stands behind the colon: `{database=NAME}`, if the user has one, and the
    /// password.
    ///
    /// Errors: [UnknownDatabase]; `IllegalArgumentException` for what is no password.
    static Entry of(byte[] name, byte[] secret, Set<String> databases) {
      String text = new String(secret, ISO_8859_1);
      int end = text.startsWith(DATABASE_PREFIX) ? text.indexOf('}') : -1;
      if (end < 0) {
        return new Entry(name, User.WITHOUT_DATABASE, Password.parse(secret));
      }
      String database = text.substring(DATABASE_PREFIX.length(), end);
      if (!databases.contains(database)) {
        throw new UnknownDatabase(database, databases);
      }
      byte[] password = Arrays.copyOfRange(secret, end + 1, secret.length);
      return new Entry(name, new User(database), Password.parse(password));
    }
  }

  /// A user's database is none of the engine's.
  static final class UnknownDatabase extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownDatabase(String name, Set<String> databases) {
      super("database = " + name + ", must be one of " + String.join(", ", databases));
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

  int size() {
    return entries.size();
  }

  /// Whom the first entry of this name and this password lets in; null: nobody.
  public @Nullable User admit(byte[] name, byte[] password) {
    byte[] nameHash = Pbkdf2.sha256(name);
    User admitted = null;
    int spent = 0;
    for (Entry entry : entries) {
      boolean named = MessageDigest.isEqual(nameHash, entry.nameHash);
      if (entry.password.iterations() == 0) {
        boolean same = entry.password.is(password);
        admitted = named && same && admitted == null ? entry.user : admitted;
      } else if (named) {
        boolean same = entry.password.is(password);
        admitted = same && admitted == null ? entry.user : admitted;
        spent += entry.password.iterations();
      }
    }
    if (spent < iterationsPerCheck) {
      byte[] _ = Pbkdf2.derive(password, DECOY, iterationsPerCheck - spent);
    }
    return admitted;
  }

  /// What is known of the first entry of a name.
  record Known(User user, Password password) {}

  /// The first entry of this name.
  @Nullable Known find(byte[] name) {
    byte[] nameHash = Pbkdf2.sha256(name);
    Entry found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(nameHash, entry.nameHash) && found == null) {
        found = entry;
      }
    }
    return found == null ? null : new Known(found.user, found.password);
  }

  /// What an unknown user's hash would have been made with, going by the known ones'; 0: they are
  /// plain.
  int iterationsTypical() {
    return iterationsTypical;
  }
}
