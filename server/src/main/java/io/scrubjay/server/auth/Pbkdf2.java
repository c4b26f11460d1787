package io.scrubjay.server.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The functions that passwords are hashed by: PBKDF2 with HMAC-SHA-256, its first block, which is
/// also SCRAM's `Hi`. The JDK's own takes characters where RFC 5802 says bytes.
///
/// Threads: any. Source: RFC 8018, RFC 5802.
final class Pbkdf2 {
  static final int HASH_BYTES = 32;

  private static final String HMAC = "HmacSHA256";
  private static final byte[] EMPTY_KEY = {0};
  private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

  /// [#derive], or what stands in for it.
  @FunctionalInterface
  interface Derivation {
    byte[] derive(byte[] password, byte[] salt, int iterations);
  }

  private Pbkdf2() {}

  /// `iterations` 1 or more.
  static byte[] derive(byte[] password, byte[] salt, int iterations) {
    try {
      Mac mac = mac(password);
      mac.update(salt);
      byte[] block = mac.doFinal(FIRST_BLOCK);
      byte[] derived = block.clone();
      for (int i = 1; i < iterations; i++) {
        mac.update(block);
        mac.doFinal(block, 0);
        for (int at = 0; at < HASH_BYTES; at++) {
          derived[at] ^= block[at];
        }
      }
      return derived;
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static byte[] hmac(byte[] key, byte[] message) {
    try {
      return mac(key).doFinal(message);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// HMAC fills a key up with zeros, so one zero is the empty key, which the JDK refuses.
  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key.length == 0 ? EMPTY_KEY : key, HMAC));
    return mac;
  }
}
