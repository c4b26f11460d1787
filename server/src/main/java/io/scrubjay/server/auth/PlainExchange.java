package io.scrubjay.server.auth;

import java.util.Arrays;

/// PLAIN (RFC 4616): `authorization NUL user NUL password` in one message. Whoever wants to be
/// another than the user is refused.
final class PlainExchange implements SaslExchange {
  /// User and password together (spec 6.1).
  static final int SECRET_BYTES_MAX = 252;

  private final PasswordDatabase database;
  private boolean asked;

  PlainExchange(PasswordDatabase database) {
    this.database = database;
  }

  @Override
  public Answer respond(byte[] message) {
    // A mechanism begun without a first response is asked for it.
    if (message.length == 0 && !asked) {
      asked = true;
      return new Answer.Challenge("");
    }
    int first = indexOfNul(message, 0);
    int second = first < 0 ? -1 : indexOfNul(message, first + 1);
    if (second < 0 || indexOfNul(message, second + 1) >= 0) {
      return new Answer.Failure();
    }
    byte[] user = Arrays.copyOfRange(message, first + 1, second);
    byte[] password = Arrays.copyOfRange(message, second + 1, message.length);
    boolean itself = first == 0 || Arrays.equals(message, 0, first, user, 0, user.length);
    boolean fits = user.length + password.length <= SECRET_BYTES_MAX;
    User admitted = itself && fits ? database.read().admit(user, password) : null;
    return admitted == null ? new Answer.Failure() : new Answer.Success(admitted);
  }

  private static int indexOfNul(byte[] message, int from) {
    return AuthFile.indexOf(message, '\0', from, message.length);
  }
}
