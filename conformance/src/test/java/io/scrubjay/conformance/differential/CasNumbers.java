package io.scrubjay.conformance.differential;

import java.util.regex.Pattern;

/// CAS numbers in answers. Two servers that did the same hand out the same numbers after their
/// first, so relative to that they are compared exactly.
final class CasNumbers {
  private static final Pattern IN_ANSWERS =
      Pattern.compile(
          "(?m)^(VALUE \\S+ \\d+ \\d+ |(?:HD|VA \\d+)(?: [^\\r"
              + "\\n"
              + "]*?)?? c|ME \\S+ exp=\\S+ la=\\d+ cas=)(\\d+)");

  private CasNumbers() {}

  static String relative(String answers, long base) {
    return IN_ANSWERS
        .matcher(answers)
        .replaceAll(
            match -> {
              long cas = Long.parseUnsignedLong(match.group(2));
              String shown = cas == 0 ? "0" : "first+" + (cas - base);
              return java.util.regex.Matcher.quoteReplacement(match.group(1) + shown);
            });
  }
}
