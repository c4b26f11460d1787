package io.scrubjay.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the two files of users mean (spec 6.1, 6.2).
final class CredentialsTest {
  private static final Set<String> DATABASES = Set.of("default", "sessions");

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static boolean admits(Credentials users, String name, String password) {
    return users.admit(ascii(name), ascii(password)) != null;
  }

  private static Credentials authFile(String content) {
    return AuthFile.parse(ascii(content), DATABASES);
  }

  /// By Python's `hashlib.pbkdf2_hmac`.
  private static final String HASHED =
      "{pbkdf2-sha256}1000$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM=";

  @Test
  void theHashIsPythons() {
    String derived =
        Base64.getEncoder().encodeToString(Pbkdf2.derive(ascii("password"), ascii("salt"), 1000));
    assertEquals(HASHED.substring(HASHED.lastIndexOf('$') + 1), derived);
  }

  @Test
  void usersAreAdmittedByTheirOwnPasswordOnly() {
    Credentials users = authFile("foo:bar\nbaz:qux quux\r\nfoo:other\nx:a:b");
    assertTrue(admits(users, "foo", "bar"));
    assertTrue(admits(users, "foo", "other"));
    assertTrue(admits(users, "baz", "qux quux"));
    assertTrue(admits(users, "x", "a:b"));
    assertFalse(admits(users, "foo", "qux quux"));
    assertFalse(admits(users, "foo", "bar baz"));
    assertFalse(admits(users, "foo", "ba"));
    assertFalse(admits(users, "FOO", "bar"));
    assertFalse(admits(users, "", ""));
  }

  @Test
  void hashedPasswordsStandBesidePlainOnes() {
    Credentials users = authFile("plain:p\nhashed:" + HASHED + "\nhashed:q\n");
    assertTrue(admits(users, "hashed", "password"));
    assertTrue(admits(users, "hashed", "q"));
    assertTrue(admits(users, "plain", "p"));
    assertFalse(admits(users, "hashed", HASHED));
    assertFalse(admits(users, "nobody", "password"));
  }

  private static String hashedWith(int iterations) {
    return HASHED.replace("1000$", iterations + "$");
  }

  @Test
  void allHashesOfANameTogetherHaveAMillionIterations() {
    String most = "a:" + hashedWith(999_000) + "\na:" + HASHED + "\nb:" + HASHED + "\n";
    assertEquals(3, authFile(most).size());
    String more = most + "a:" + hashedWith(1) + "\n";
    String message =
        assertThrows(IllegalArgumentException.class, () -> authFile(more)).getMessage();
    assertEquals("iterations of all hashes of user a = 1000001, must be at most 1000000", message);
    Credentials users = PasswordDatabase.parse(ascii(more + "a:plain\n"), DATABASES);
    assertEquals(4, users.size());
    assertTrue(admits(users, "a", "plain"));
  }

  @Test
  void anEmptyPasswordAdmitsNobody() {
    Credentials users = authFile("foo:\n:bar\n");
    assertFalse(admits(users, "foo", ""));
    assertTrue(admits(users, "", "bar"));
  }

  @Test
  void entriesBehindTheEighthAreNotLookedAt() {
    Credentials users = authFile("u1:a\n".repeat(8) + "u9:b\nno entry\n");
    assertEquals(8, users.size());
    assertFalse(admits(users, "u9", "b"));
    assertEquals(8, authFile("same:x\n".repeat(65)).size());
  }

  @Test
  void linesThatAreNoEntryAreRefused() {
    for (String content :
        new String[] {
          ":",
          "foo",
          "\n",
          "foo:",
          "foo:bar\n\nx:y\n",
          "foo:bar\nbad\n",
          "#c\nfoo:bar\n",
          "foo:bar\n ",
          "a".repeat(254) + ":b\n",
          "a:{pbkdf2-sha256}\n",
          "a:{pbkdf2-sha256}0$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM=\n",
          "a:{pbkdf2-sha256}1000001$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM=\n",
          "a:{pbkdf2-sha256}1000$c2FsdA==$AAAA\n"
        }) {
      assertThrows(IllegalArgumentException.class, () -> authFile(content), content);
    }
    assertEquals(0, authFile("").size());
    assertEquals(1, authFile("a".repeat(253) + ":b\n").size());
  }

  @Test
  void thePasswordDatabasePassesOverWhatIsNoEntry() {
    Credentials users =
        PasswordDatabase.parse(
            ascii("\n# comment\nfoo:bar:ignored\r\nlast:one\r\n\nhalf"), DATABASES);
    assertTrue(admits(users, "foo", "bar"));
    assertTrue(admits(users, "last", "one"));
    assertEquals(2, users.size());
  }

  private static @Nullable User user(Credentials users, String name, String password) {
    return users.admit(ascii(name), ascii(password));
  }

  @Test
  void aUsersDatabaseStandsBeforeThePassword() {
    Credentials users = authFile("a:{database=sessions}p\nb:{database=sessions}" + HASHED + "\n");
    assertEquals(new User("sessions"), user(users, "a", "p"));
    assertEquals(new User("sessions"), user(users, "b", "password"));
  }

  @Test
  void aPasswordMayLookLikeTheBeginningOfOne() {
    Credentials users = authFile("a:{database=sessions\nb:{data}p\n");
    assertEquals(new User(null), user(users, "a", "{database=sessions"));
    assertEquals(new User(null), user(users, "b", "{data}p"));
  }

  @Test
  void theFirstEntryOfANameAndPasswordDecides() {
    Credentials users = authFile("a:{database=sessions}p\na:p\na:{database=default}q\n");
    assertEquals(new User("sessions"), user(users, "a", "p"));
    assertEquals(new User("default"), user(users, "a", "q"));
  }

  @Test
  void anUnknownDatabaseIsNoEntry() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> authFile("a:{database=sesions}p\n"))
            .getMessage();
    assertTrue(String.valueOf(message).startsWith("database = sesions, must be one of "), message);
    Credentials others = PasswordDatabase.parse(ascii("a:{database=x}p\nb:p\n"), DATABASES);
    assertNull(user(others, "a", "p"));
    assertEquals(new User(null), user(others, "b", "p"));
  }
}
