package io.scrubjay.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The server's side of SCRAM-SHA-256, without channel binding (RFC 5802, RFC 7677).
///
/// Shape: client-first, server-first, client-final, server-final, and an empty message that the
/// client sends when it believes the server-final: memcached's success has no room for it. A user
/// that isn't known is led to the end with a salt that stays the same, and fails there; it and one
/// with a plain password show the iterations and the salt's length of somebody's hash.
///
/// Limits: [#MESSAGE_BYTES_MAX]. Names are taken as bytes; nothing is normalised. Threads: one at a
/// time.
final class ScramExchange implements SaslExchange {
  static final int MESSAGE_BYTES_MAX = 1024;

  /// RFC 7677's least, for passwords kept in plain text: the salt is derived each time.
  static final int ITERATIONS = 4096;

  private static final byte[] SHAPE = {'i'};

  private final PasswordDatabase database;
  private final byte[] saltSecret;
  private final Supplier<String> nonces;
  private final Pbkdf2.Derivation hash;
  private State state = State.FIRST;
  private String header = "";
  private String firstBare = "";
  private String serverFirst = "";
  private String nonce = "";
  private byte[] saltedPassword = {};

  /// Null: not known, or without a password.
  private @Nullable User user;

  private enum State {
    FIRST,
    FINAL,
    BELIEVED,
    OVER
  }

  /// `saltSecret` makes salts for plain passwords and unknown users; `nonces` gives printable text
  /// without commas.
  ScramExchange(
      PasswordDatabase database,
      byte[] saltSecret,
      Supplier<String> nonces,
      Pbkdf2.Derivation hash) {
    this.database = database;
    this.saltSecret = saltSecret.clone();
    this.nonces = nonces;
    this.hash = hash;
  }

  @Override
  public Answer respond(byte[] message) {
    State now = state;
    state = State.OVER;
    if (message.length > MESSAGE_BYTES_MAX) {
      return new Answer.Failure();
    }
    String text = new String(message, ISO_8859_1);
    return switch (now) {
      case FIRST -> first(text);
      case FINAL -> last(text);
      case BELIEVED -> believed(text);
      case OVER -> new Answer.Failure();
    };
  }

  private Answer believed(String text) {
    User proven = user;
    return proven != null && text.isEmpty() ? new Answer.Success(proven) : new Answer.Failure();
  }

  private Answer first(String text) {
    if (text.isEmpty()) {
      state = State.FIRST;
      return new Answer.Challenge("");
    }
    // gs2-cbind-flag "," [authzid] "," n=user,r=nonce[,extensions]
    String[] parts = text.split(",", -1);
    if (parts.length < 4 || !(parts[0].equals("n") || parts[0].equals("y"))) {
      return new Answer.Failure();
    }
    String name = parts[2].startsWith("n=") ? name(parts[2].substring(2)) : null;
    String authorization = parts[1].isEmpty() ? name : authorization(parts[1]);
    if (name == null || !name.equals(authorization) || !isNonce(parts[3])) {
      return new Answer.Failure();
    }
    header = parts[0] + "," + parts[1] + ",";
    firstBare = text.substring(header.length());
    nonce = parts[3].substring(2) + nonces.get();
    return challenge(name.getBytes(ISO_8859_1));
  }

  private Answer challenge(byte[] name) {
    Credentials credentials = database.read();
    Credentials.Known known = credentials.find(name);
    user = known == null || known.password().isEmpty() ? null : known.user();
    Password password = known == null ? null : known.password();
    Password hashed = password == null || password.iterations() == 0 ? null : password;
    // Made for everybody: what it takes must not tell who has a hash.
    Credentials.Shape decoy = credentials.decoy(shapeKey(name));
    byte[] decoySalt = salt(name, decoy.saltBytes());
    Credentials.Shape shape = hashed == null ? decoy : hashed.shape();
    byte[] salt = hashed == null ? decoySalt : hashed.salt();
    byte[] secret = password == null ? name : password.secret();
    // Where some passwords are plain, everybody waits for the hash that those need.
    byte[] derived = credentials.allHashed() ? salt : hash.derive(secret, salt, shape.iterations());
    saltedPassword = hashed == null ? derived : secret;
    String encoded = Base64.getEncoder().encodeToString(salt);
    serverFirst = "r=" + nonce + ",s=" + encoded + ",i=" + shape.iterations();
    state = State.FINAL;
    return new Answer.Challenge(serverFirst);
  }

  /// `salt` can't tell it, so that nobody sees whether a shape was chosen by it.
  private byte[] shapeKey(byte[] name) {
    return Pbkdf2.hmac(Pbkdf2.hmac(saltSecret, SHAPE), name);
  }

  private byte[] salt(byte[] name, int bytes) {
    byte[] salt = new byte[bytes];
    byte[] block = Pbkdf2.hmac(saltSecret, name);
    for (int at = 0; at < bytes; at += block.length) {
      System.arraycopy(block, 0, salt, at, Math.min(block.length, bytes - at));
      block = Pbkdf2.hmac(saltSecret, block);
    }
    return salt;
  }

  private Answer last(String text) {
    int proofAt = text.lastIndexOf(",p=");
    String binding = "c=" + Base64.getEncoder().encodeToString(header.getBytes(ISO_8859_1));
    if (proofAt < 0) {
      return new Answer.Failure();
    }
    String withoutProof = text.substring(0, proofAt);
    String begin = binding + ",r=" + nonce;
    if (!withoutProof.equals(begin) && !withoutProof.startsWith(begin + ",")) {
      return new Answer.Failure();
    }
    byte[] proof = decode(text.substring(proofAt + 3));
    byte[] signed = (firstBare + "," + serverFirst + "," + withoutProof).getBytes(ISO_8859_1);
    boolean proven = proves(proof, signed);
    if (!proven || user == null) {
      return new Answer.Failure();
    }
    byte[] serverKey = Pbkdf2.hmac(saltedPassword, "Server Key".getBytes(ISO_8859_1));
    state = State.BELIEVED;
    return new Answer.Challenge(
        "v=" + Base64.getEncoder().encodeToString(Pbkdf2.hmac(serverKey, signed)));
  }

  private boolean proves(byte[] proof, byte[] signed) {
    byte[] clientKey = Pbkdf2.hmac(saltedPassword, "Client Key".getBytes(ISO_8859_1));
    byte[] expected = Pbkdf2.hmac(Pbkdf2.sha256(clientKey), signed);
    for (int at = 0; at < expected.length; at++) {
      expected[at] ^= clientKey[at];
    }
    return MessageDigest.isEqual(expected, proof);
  }

  /// `=2C` and `=3D` stand for a comma and an equals sign; null for any other use of the latter.
  private static @Nullable String name(String escaped) {
    String name = escaped.replace("=2C", ",").replace("=3D", "\0");
    return name.isEmpty() || name.indexOf('=') >= 0 ? null : name.replace('\0', '=');
  }

  private static @Nullable String authorization(String part) {
    return part.startsWith("a=") ? name(part.substring(2)) : null;
  }

  /// `r=` and printable ASCII.
  private static boolean isNonce(String part) {
    return part.length() > 2
        && part.startsWith("r=")
        && part.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }
}
