package io.scrubjay.cli;

/// Numbers as C's `atoi` and `atof` read them: leading white space, a sign, then as many digits as
/// there are; what follows is ignored and no digits at all are 0.
final class LooseNumber {
  private LooseNumber() {}

  /// As glibc's `atoi`, which clamps to 64 bits and then keeps the low 32.
  static int integer(String text) {
    int at = skipSpace(text);
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (at < text.length() && isSign(text.charAt(at))) {
      at++;
    }
    long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    long negated = 0;
    for (; at < text.length() && isDigit(text.charAt(at)); at++) {
      int digit = text.charAt(at) - '0';
      if (negated < (limit + digit) / 10) {
        negated = limit;
        break;
      }
      negated = negated * 10 - digit;
    }
    return (int) (negative ? negated : -negated);
  }

  /// As `atof`, without its hexadecimal, infinite and not-a-number forms: those are 0 here.
  static double decimal(String text) {
    int start = skipSpace(text);
    int at = start;
    if (at < text.length() && isSign(text.charAt(at))) {
      at++;
    }
    int whole = at;
    at = skipDigits(text, at);
    int digits = at - whole;
    if (at < text.length() && text.charAt(at) == '.') {
      int fraction = at + 1;
      at = skipDigits(text, fraction);
      digits += at - fraction;
    }
    if (digits == 0) {
      return 0;
    }
    return Double.parseDouble(text.substring(start, skipExponent(text, at)));
  }

  private static int skipExponent(String text, int from) {
    if (from >= text.length() || Character.toLowerCase(text.charAt(from)) != 'e') {
      return from;
    }
    int at = from + 1;
    if (at < text.length() && isSign(text.charAt(at))) {
      at++;
    }
    int end = skipDigits(text, at);
    return end > at ? end : from;
  }

  static int skipSpace(String text) {
    int at = 0;
    while (at < text.length() && " \t\n\u000b\f\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
