package io.scrubjay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The client's side of SCRAM-SHA-256, by the JDK's functions. Source: RFC 5802, RFC 7677.
final class ScramClient {
  private static final String CHANNEL_BINDING = "biws";

  private final String firstBare;

  ScramClient(String user) {
    firstBare = "n=" + user + ",r=rOprNGfwEbeRWgbNEkqO";
  }

  String first() {
    return "n,," + firstBare;
  }

  /// What the client answers, and what it then must be answered.
  record Proof(String clientFinal, String serverFinal) {}

  /// `serverFirst` is `r=NONCE,s=SALT,i=ITERATIONS`.
  Proof prove(String serverFirst, String password) throws GeneralSecurityException {
    String[] parts = serverFirst.split(",", -1);
    byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
    int iterations = Integer.parseInt(parts[2].substring(2));
    String withoutProof = "c=" + CHANNEL_BINDING + "," + parts[0];
    String signed = firstBare + "," + serverFirst + "," + withoutProof;
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
            .getEncoded();
    byte[] clientKey = hmac(salted, "Client Key");
    byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
    byte[] proof = hmac(storedKey, signed);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= clientKey[i];
    }
    return new Proof(
        withoutProof + ",p=" + base64(proof),
        "v=" + base64(hmac(hmac(salted, "Server Key"), signed)));
  }

  private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message.getBytes(US_ASCII));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
