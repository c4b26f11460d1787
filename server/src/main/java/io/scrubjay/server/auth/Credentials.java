package io.scrubjay.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
    /// Errors: [UnusableEntry] for a database that is none; `IllegalArgumentException` for what is
    /// no password.
    static Entry of(byte[] name, byte[] secret, Set<String> databases) {
      String text = new String(secret, ISO_8859_1);
      int end = text.startsWith(DATABASE_PREFIX) ? text.indexOf('}') : -1;
      if (end < 0) {
        return new Entry(name, User.WITHOUT_DATABASE, Password.parse(secret));
      }
      String database = text.substring(DATABASE_PREFIX.length(), end);
      if (!databases.contains(database)) {
        throw new UnusableEntry(
            "database = " + database + ", must be one of " + String.join(", ", databases));
      }
      byte[] password = Arrays.copyOfRange(secret, end + 1, secret.length);
      return new Entry(name, new User(database), Password.parse(password));
    }
  }

  /// An entry of the right form that can't be one, and why.
  static final class UnusableEntry extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnusableEntry(String why) {
      super(why);
    }
  }

  /// The lines of a file, one after the other. Limits: [Password#ITERATIONS_MAX] for all hashes of
  /// a name together, since a login pays for each of them.
  static final class Builder {
    private final Set<String> databases;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> iterationsPerName = new HashMap<>();

    /// A user's database is one of `databases`.
    Builder(Set<String> databases) {
      this.databases = databases;
    }

    /// Errors: as [Entry#of], and [UnusableEntry] past the limit; the entry is then left out.
    void add(byte[] name, byte[] secret) {
      Entry entry = Entry.of(name, secret, databases);
      int iterations = entry.password.iterations();
      int together = iterationsPerName.getOrDefault(entry.name, 0) + iterations;
      if (together > Password.ITERATIONS_MAX) {
        throw new UnusableEntry(
            "iterations of all hashes of user "
                + entry.name
                + " = "
                + together
                + ", must be at most "
                + Password.ITERATIONS_MAX);
      }
      iterationsPerName.put(entry.name, together);
      entries.add(entry);
    }

    int size() {
      return entries.size();
    }

    Credentials build() {
      return new Credentials(this);
    }
  }

  /// What of a hash a client is told before it has shown anything.
  record Shape(int iterations, int saltBytes) {
    private static final Shape PLAIN = new Shape(ScramExchange.ITERATIONS, 16);

    private byte[] rank(byte[] key) {
      return Pbkdf2.hmac(key, (iterations + "," + saltBytes).getBytes(ISO_8859_1));
    }
  }

  static final Credentials NONE = new Builder(Set.of()).build();

  private static final byte[] DECOY = new byte[Pbkdf2.HASH_BYTES];

  private final List<Entry> entries;
  private final int iterationsPerCheck;

  /// Of the hashed passwords, each once.
  private final List<Shape> shapes;

  private Credentials(Builder read) {
    this.entries = List.copyOf(read.entries);
    this.iterationsPerCheck =
        read.iterationsPerName.values().stream().mapToInt(i -> i).max().orElse(0);
    this.shapes =
        entries.stream()
            .filter(entry -> entry.password.iterations() > 0)
            .map(entry -> entry.password.shape())
            .distinct()
            .toList();
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

  /// What a name without a hash shows instead: of the shapes that are here the one that `key` ranks
  /// highest, so that another shape changes nothing but for those who are shown it from then on.
  Shape decoy(byte[] key) {
    return shapes.stream()
        .max(Comparator.comparing(shape -> shape.rank(key), Arrays::compareUnsigned))
        .orElse(Shape.PLAIN);
  }

  boolean allHashed() {
    return !entries.isEmpty()
        && entries.stream().allMatch(entry -> entry.password.iterations() > 0);
  }
}
