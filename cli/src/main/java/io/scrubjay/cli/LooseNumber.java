package io.scrubjay.cli;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers as C's `atoi` and `atof` read them: leading white space, a sign, then as many digits as
/// there are; what follows is ignored and no digits at all are 0. Two are strict, and say so.
final class LooseNumber {
  private static final Pattern WHOLE = Pattern.compile("(?s)\\s*([+-]?\\d+)(\\s.*)?");

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

  /// Whether `strtol` finds a number of 32 bits, and nothing behind it but what a space keeps
  /// apart.
  static boolean isWhole(String text) {
    Matcher number = WHOLE.matcher(text);
    return number.matches() && new BigInteger(number.group(1)).bitLength() < Integer.SIZE;
  }

  /// As `strtol` to base 8, of what fits.
  static int octal(String text) {
    int number = 0;
    for (int at = skipSpace(text); at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 7) {
        break;
      }
      number = number << 3 | digit;
    }
    return number;
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

  /// Strictly read: the whole text is a number of 0 to 2^32 - 1, or -1.
  static long unsigned(String text) {
    String digits = text.substring(skipSpace(text));
    if (digits.isEmpty() || digits.length() > 10 || skipDigits(digits, 0) < digits.length()) {
      return -1;
    }
    long number = Long.parseLong(digits);
    return number <= 0xffff_ffffL ? number : -1;
  }

  /// Strictly read: the whole text is a number; not-a-number is none.
  static double strictDecimal(String text) {
    boolean number = text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    return number ? Double.parseDouble(text) : Double.NaN;
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
