package io.scrubjay.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.auth.SaslExchange.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PLAIN and SCRAM-SHA-256, message by message; the good exchange is RFC 7677's example.
final class SaslExchangeTest {
  private static final Answer SUCCESS = new Answer.Success(new User(null));
  private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String FINAL =
      "c=biws,r=" + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

  @TempDir private Path folder;
  private Path file;
  private PasswordDatabase database;

  @BeforeEach
  void writeUsers() throws IOException {
    file = folder.resolve("pwdb");
    // The salted password of RFC 7677's user, whose password is "pencil".
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    byte[] hash = Pbkdf2.derive("pencil".getBytes(ISO_8859_1), salt, 4096);
    Files.writeString(
        file,
        "user:{pbkdf2-sha256}4096$W22ZaJ0SNY7soEsUEjb6gQ==$"
            + Base64.getEncoder().encodeToString(hash)
            + "\nplain:secret:more\n");
    database =
        new PasswordDatabase(
            file.toString(),
            Set.of("sessions"),
            problem -> {
              throw new AssertionError(problem);
            });
  }

  private static Answer say(SaslExchange exchange, String message) {
    return exchange.respond(message.getBytes(ISO_8859_1));
  }

  private SaslExchange scram() {
    return scram(Pbkdf2::derive);
  }

  private SaslExchange scram(Pbkdf2.Derivation hash) {
    return new ScramExchange(database, new byte[32], () -> "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", hash);
  }

  private static void fails(SaslExchange exchange, String message) {
    assertInstanceOf(Answer.Failure.class, say(exchange, message), message);
  }

  @Test
  void theExampleOfTheRfc() {
    SaslExchange exchange = scram();
    assertEquals(
        new Answer.Challenge("r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
        say(exchange, FIRST));
    assertEquals(
        new Answer.Challenge("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="),
        say(exchange, FINAL));
    assertEquals(SUCCESS, say(exchange, ""));
    fails(exchange, "");
  }

  @Test
  void firstMessagesThatAreNone() {
    for (String message :
        new String[] {
          "n",
          "n,,",
          "n,,n=user",
          "p=tls-unique,,n=user,r=abc",
          "x,,n=user,r=abc",
          "n,a=other,n=user,r=abc",
          "n,,m=1,n=user,r=abc",
          "n,,n=us=er,r=abc",
          "n,,n=,r=abc",
          "n,,n=user,r=",
          "n,,n=user,r=a\u00e9",
          FIRST + "x".repeat(1024)
        }) {
      fails(scram(), message);
    }
  }

  @Test
  void finalMessagesThatProveNothing() {
    for (String message :
        new String[] {
          "",
          FINAL.replace("dHzb", "eHzb"),
          FINAL.replace("c=biws", "c=eSws"),
          FINAL.replace("r=rO", "r=sO"),
          FINAL.replace(",p=", ",q="),
          FINAL + "=",
          "c=biws,r=" + NONCE + ",p="
        }) {
      SaslExchange exchange = scram();
      say(exchange, FIRST);
      fails(exchange, message);
      // And it is over.
      fails(exchange, FINAL);
    }
  }

  @Test
  void anUnknownUserIsLedToTheEndWithOneSalt() {
    String unknown = "n,,n=nobody,r=abc";
    Answer challenge = say(scram(), unknown);
    assertEquals(challenge, say(scram(), unknown));
    String text = assertInstanceOf(Answer.Challenge.class, challenge).text();
    assertTrue(text.endsWith(",i=4096") && text.contains(",s="), text);
    SaslExchange exchange = scram();
    say(exchange, unknown);
    fails(exchange, "c=biws,r=abc%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=AAAA");
  }

  private static String shape(Answer challenge) {
    String text = assertInstanceOf(Answer.Challenge.class, challenge).text();
    int salt = text.indexOf(",s=") + 3;
    int iterations = text.indexOf(",i=");
    byte[] decoded = Base64.getDecoder().decode(text.substring(salt, iterations));
    return decoded.length + " bytes of salt" + text.substring(iterations);
  }

  private static String hashed(int saltBytes, int iterations) {
    var encoder = Base64.getEncoder();
    return "{pbkdf2-sha256}"
        + iterations
        + "$"
        + encoder.encodeToString(new byte[saltBytes])
        + "$"
        + encoder.encodeToString(new byte[Pbkdf2.HASH_BYTES]);
  }

  private Set<String> shapes(String prefix) {
    Set<String> shapes = new TreeSet<>();
    for (int i = 0; i < 64; i++) {
      shapes.add(shape(say(scram(), "n,,n=" + prefix + i + ",r=abc")));
    }
    return shapes;
  }

  @Test
  void theChallengeTellsNoPlainPasswordAndNoUnknownUserFromAHash() throws IOException {
    var users = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      users.append("plain").append(i).append(":secret\n");
      users.append("hash").append(i).append(':');
      users.append(i % 2 == 0 ? hashed(12, 50) : hashed(70, 60)).append('\n');
    }
    Files.writeString(file, users);
    Set<String> all = Set.of("12 bytes of salt,i=50", "70 bytes of salt,i=60");
    assertEquals(all, shapes("hash"));
    assertEquals(all, shapes("plain"));
    assertEquals(all, shapes("unknown"));
  }

  @Test
  void besidePlainPasswordsEverybodyWaitsForTheIterationsThatAreShown() throws IOException {
    Files.writeString(
        file, "plain:secret\nslow:" + hashed(16, 60) + "\nfast:" + hashed(16, 50) + "\n");
    for (String name : new String[] {"plain", "slow", "fast", "unknown"}) {
      List<Integer> spent = new ArrayList<>();
      SaslExchange exchange =
          scram(
              (_, salt, iterations) -> {
                spent.add(iterations);
                return salt;
              });
      String shown = shape(say(exchange, "n,,n=" + name + ",r=abc"));
      assertEquals("[" + shown.substring(shown.indexOf("i=") + 2) + "]", spent.toString(), name);
    }
  }

  @Test
  void anotherHashChangesWhatIsShownOnlyToThoseWhoAreShownItsShape() throws IOException {
    String users = "plain:secret\na:" + hashed(12, 50) + "\nb:" + hashed(70, 60) + "\n";
    Files.writeString(file, users);
    List<String> before = shapesOfUnknown();
    users += "c:" + hashed(70, 60) + "\n";
    Files.writeString(file, users);
    assertEquals(before, shapesOfUnknown());
    Files.writeString(file, users + "d:" + hashed(20, 55) + "\n");
    List<String> after = shapesOfUnknown();
    int kept = 0;
    for (int i = 0; i < after.size(); i++) {
      if (!after.get(i).equals("20 bytes of salt,i=55")) {
        assertEquals(before.get(i), after.get(i));
        kept++;
      }
    }
    assertTrue(kept > 0 && kept < after.size(), kept + " of " + after.size() + " kept");
  }

  private List<String> shapesOfUnknown() {
    List<String> shapes = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      shapes.add(shape(say(scram(), "n,,n=unknown" + i + ",r=abc")));
    }
    return shapes;
  }

  @Test
  void aPlainPasswordBesideHashesIsProven() throws IOException {
    Files.writeString(file, "user:pencil\nother:" + hashed(16, 500) + "\n");
    SaslExchange exchange = scram();
    String challenge = assertInstanceOf(Answer.Challenge.class, say(exchange, FIRST)).text();
    byte[] signed =
        ("n=user,r=rOprNGfwEbeRWgbNEkqO," + challenge + ",c=biws,r=" + NONCE).getBytes(ISO_8859_1);
    String shown = challenge.substring(challenge.indexOf(",s=") + 3, challenge.indexOf(",i="));
    byte[] salted =
        Pbkdf2.derive("pencil".getBytes(ISO_8859_1), Base64.getDecoder().decode(shown), 500);
    byte[] clientKey = Pbkdf2.hmac(salted, "Client Key".getBytes(ISO_8859_1));
    byte[] proof = Pbkdf2.hmac(Pbkdf2.sha256(clientKey), signed);
    for (int at = 0; at < proof.length; at++) {
      proof[at] ^= clientKey[at];
    }
    String encoded = Base64.getEncoder().encodeToString(proof);
    assertInstanceOf(Answer.Challenge.class, say(exchange, "c=biws,r=" + NONCE + ",p=" + encoded));
    assertEquals(SUCCESS, say(exchange, ""));
  }

  @Test
  void plain() throws IOException {
    assertEquals(SUCCESS, say(new PlainExchange(database), "\0plain\0secret"));
    assertEquals(SUCCESS, say(new PlainExchange(database), "plain\0plain\0secret"));
    assertEquals(SUCCESS, say(new PlainExchange(database), "\0user\0pencil"));
    SaslExchange asked = new PlainExchange(database);
    assertEquals(new Answer.Challenge(""), say(asked, ""));
    assertEquals(SUCCESS, say(asked, "\0plain\0secret"));
    for (String message :
        new String[] {
          "plain",
          "\0plain",
          "\0plain\0secret\0",
          "\0plain\0secre",
          "other\0plain\0secret",
          "\0nobody\0secret",
          "\0\0",
          "\0plain\0" + "s".repeat(248)
        }) {
      fails(new PlainExchange(database), message);
    }
    Files.writeString(file, "plain:changed\n");
    fails(new PlainExchange(database), "\0plain\0secret");
    assertEquals(SUCCESS, say(new PlainExchange(database), "\0plain\0changed"));
  }

  @Test
  void bothMechanismsKnowTheUsersDatabase() throws IOException {
    Files.writeString(file, Files.readString(file).replace("user:", "user:{database=sessions}"));
    Answer success = new Answer.Success(new User("sessions"));
    assertEquals(success, say(new PlainExchange(database), "\0user\0pencil"));
    SaslExchange exchange = scram();
    assertInstanceOf(Answer.Challenge.class, say(exchange, FIRST));
    assertInstanceOf(Answer.Challenge.class, say(exchange, FINAL));
    assertEquals(success, say(exchange, ""));
  }
}
