package io.scrubjay.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// A password as a file holds it: in plain text, or as `{pbkdf2-sha256}iterations$salt$hash`, salt
/// and hash in base64. Immutable.
///
/// Limits: [#ITERATIONS_MAX], which bounds what a check costs. Threads: any.
final class Password {
  static final String HASHED_PREFIX = "{pbkdf2-sha256}";
  static final int ITERATIONS_MAX = 1_000_000;

  /// 0: plain.
  private final int iterations;

  private final byte[] salt;

  /// The hash, or the plain text.
  private final byte[] secret;

  private Password(int iterations, byte[] salt, byte[] secret) {
    this.iterations = iterations;
    this.salt = salt;
    this.secret = secret;
  }

  /// Errors: `IllegalArgumentException` for a hash that does not have that form.
  static Password parse(byte[] text) {
    String read = new String(text, StandardCharsets.ISO_8859_1);
    if (!read.startsWith(HASHED_PREFIX)) {
      return new Password(0, new byte[0], text.clone());
    }
    String[] parts = read.substring(HASHED_PREFIX.length()).split("\\$", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a hash has " + parts.length + " parts, must be 3");
    }
    int iterations = Integer.parseInt(parts[0]);
    byte[] hash = Base64.getDecoder().decode(parts[2]);
    if (iterations < 1 || iterations > ITERATIONS_MAX || hash.length != Pbkdf2.HASH_BYTES) {
      throw new IllegalArgumentException(
          iterations + " iterations and " + hash.length + " bytes, must be 1..1000000 and 32");
    }
    return new Password(iterations, Base64.getDecoder().decode(parts[1]), hash);
  }

  /// What a check costs, in rounds of the hash.
  int iterations() {
    return iterations;
  }

  Credentials.Shape shape() {
    return new Credentials.Shape(iterations, salt.length);
  }

  byte[] salt() {
    return salt.clone();
  }

  /// Takes the same time whatever differs. An empty password admits nobody.
  boolean is(byte[] candidate) {
    byte[] compared =
        iterations == 0 ? Pbkdf2.sha256(candidate) : Pbkdf2.derive(candidate, salt, iterations);
    byte[] expected = iterations == 0 ? Pbkdf2.sha256(secret) : secret;
    return secret.length > 0 && MessageDigest.isEqual(compared, expected);
  }

  /// The hash, which is SCRAM's SaltedPassword, or the plain text.
  byte[] secret() {
    return secret.clone();
  }

  boolean isEmpty() {
    return secret.length == 0;
  }
}
