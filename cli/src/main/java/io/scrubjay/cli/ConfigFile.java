package io.scrubjay.cli;

import java.util.ArrayList;
import java.util.List;

/// Reads `-o config=FILE`: the part of TOML that says what options say. Each line is empty or `key
/// = value`; a value is a string, a number, `true`, `false`, or an array of these on one line; `#`
/// begins a comment. All else of TOML is refused, none is misread.
///
/// Pure: text in, entries out. Why no library: docs/decisions/0015-configuration.md.
final class ConfigFile {
  /// @param line counted from 1
  /// @param values one, or an array's
  record Entry(int line, String key, List<String> values) {
    public Entry {
      values = List.copyOf(values);
    }
  }

  /// A line that is not of this part of TOML.
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(int line, String rule) {
      super(line + ": " + rule);
    }
  }

  private final int line;
  private final String text;
  private int at;

  private ConfigFile(int line, String text) {
    this.line = line;
    this.text = text;
  }

  static List<Entry> parse(String text) throws UnreadableException {
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      var reader = new ConfigFile(++number, line);
      reader.skipBlanks();
      if (!reader.atEnd()) {
        entries.add(reader.entry());
        reader.mustEnd();
      }
    }
    return List.copyOf(entries);
  }

  private Entry entry() throws UnreadableException {
    String key = word();
    skipBlanks();
    if (key.isEmpty() || !takes('=')) {
      throw refused("must be key = value");
    }
    skipBlanks();
    return new Entry(line, key, takes('[') ? array() : List.of(value()));
  }

  private List<String> array() throws UnreadableException {
    List<String> values = new ArrayList<>();
    skipBlanks();
    while (!atEnd() && peek() != ']') {
      values.add(value());
      skipBlanks();
      if (!takes(',')) {
        break;
      }
      skipBlanks();
    }
    if (!takes(']')) {
      throw refused("an array must end with ] on its line");
    }
    return values;
  }

  private String value() throws UnreadableException {
    if (takes('"')) {
      return string('"');
    }
    if (takes('\'')) {
      return string('\'');
    }
    int start = at;
    while (!atEnd() && " \t,]".indexOf(peek()) < 0) {
      at++;
    }
    String bare = text.substring(start, at);
    if (!bare.matches("true|false|[+-]?(0|[1-9][0-9]*)(\\.[0-9]+)?")) {
      throw refused("a value must be \"text\", a number, true, false or [an array]");
    }
    return bare;
  }

  /// Between `'` nothing is escaped.
  private String string(char quote) throws UnreadableException {
    var value = new StringBuilder();
    while (at < text.length() && peek() != quote) {
      char c = text.charAt(at++);
      value.append(c == '\\' && quote == '"' ? escaped() : c);
    }
    if (at == text.length()) {
      throw refused("a string must end on its line");
    }
    at++;
    return value.toString();
  }

  private char escaped() throws UnreadableException {
    int known = at == text.length() ? -1 : "\"\\nt".indexOf(text.charAt(at++));
    if (known < 0) {
      throw refused("the escapes are \\\" \\\\ \\n \\t");
    }
    return "\"\\\n\t".charAt(known);
  }

  private String word() {
    int start = at;
    while (!atEnd() && (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-')) {
      at++;
    }
    return text.substring(start, at);
  }

  private void mustEnd() throws UnreadableException {
    skipBlanks();
    if (!atEnd()) {
      throw refused("nothing may follow the value");
    }
  }

  private UnreadableException refused(String rule) {
    return new UnreadableException(line, text.strip() + ": " + rule);
  }

  private boolean takes(char c) {
    boolean there = !atEnd() && peek() == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipBlanks() {
    while (at < text.length() && (peek() == ' ' || peek() == '\t')) {
      at++;
    }
  }

  private boolean atEnd() {
    return at >= text.length() || peek() == '#';
  }

  private char peek() {
    return text.charAt(at);
  }
}
