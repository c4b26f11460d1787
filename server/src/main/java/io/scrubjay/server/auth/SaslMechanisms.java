package io.scrubjay.server.auth;

import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The mechanisms of `-S`. Threads: any.
public final class SaslMechanisms {
  private static final String PLAIN = "PLAIN";
  private static final String SCRAM = "SCRAM-SHA-256";
  private static final int SECRET_BYTES = 32;
  private static final int NONCE_BYTES = 18;

  private final PasswordDatabase database;
  private final SecureRandom random;
  private final byte[] saltSecret = new byte[SECRET_BYTES];

  public SaslMechanisms(PasswordDatabase database, SecureRandom random) {
    this.database = database;
    this.random = random;
    random.nextBytes(saltSecret);
  }

  /// Separated by spaces, the stronger first.
  public String names() {
    return SCRAM + " " + PLAIN;
  }

  /// Null: there is no such mechanism.
  public @Nullable SaslExchange begin(String name) {
    return switch (name) {
      case PLAIN -> new PlainExchange(database);
      case SCRAM -> new ScramExchange(database, saltSecret, this::nonce, Pbkdf2::derive);
      default -> null;
    };
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
