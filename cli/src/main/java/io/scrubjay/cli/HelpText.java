package io.scrubjay.cli;

/// What `-h` and `-i` print.
final class HelpText {
  static final String LICENSE =
      """
      Scrubjay is licensed under the Apache License, Version 2.0:
      https://www.apache.org/licenses/LICENSE-2.0
      """;

  private static final int HELP_COLUMN = 34;

  private HelpText() {}

  static String all() {
    var text = new StringBuilder(Version.LINE).append("\nusage: scrubjay [options]\n\n");
    for (Flag flag : Flag.values()) {
      if (flag.available) {
        append(text, flag);
      }
    }
    text.append("\nSettings for -o:\n");
    for (Suboption suboption : Suboption.values()) {
      if (suboption.available && !suboption.help.isEmpty()) {
        append(text, "  " + suboption.usage, suboption.help);
      }
    }
    text.append("\nNot available in this version:");
    for (Flag flag : Flag.values()) {
      if (!flag.available) {
        text.append(" -").append(flag.letter);
      }
    }
    for (Suboption suboption : Suboption.values()) {
      if (!suboption.available) {
        text.append(" -o ").append(suboption.optionName);
      }
    }
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Flag flag) {
    var usage = new StringBuilder("  -").append(flag.letter);
    if (!flag.longName.isEmpty()) {
      usage.append(", --").append(flag.longName);
    }
    if (flag.argument == Flag.Argument.REQUIRED) {
      usage.append(flag.longName.isEmpty() ? ' ' : '=').append(flag.argumentName);
    }
    append(text, usage.toString(), flag.help);
  }

  private static void append(StringBuilder text, String usage, String help) {
    String left = usage;
    for (String line : help.lines().toList()) {
      int blanks = Math.max(1, HELP_COLUMN - left.length());
      text.append(left).append(" ".repeat(blanks)).append(line).append('\n');
      left = "";
    }
  }
}
