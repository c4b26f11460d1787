package io.scrubjay.testkit.transcript;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Bytes with holes. Immutable.
///
/// In text, braces make a hole: `{name}` a number; `{name>other}` a number greater than `other`'s;
/// `{*}` anything up to the line's end; `{now+5}` Unix time; `{x*2000}` two thousand times `x` (a
/// shorthand, no hole). A template that is sent needs its names bound by earlier answers.
public final class Template {
  private static final Pattern HOLE =
      Pattern.compile(
          "\\{(?:(?<rest>\\*)|now(?<now>[+-]\\d+)?|(?<text>[^{}]+?)\\*(?<times>\\d+)"
              + "|(?<name>[a-z]\\w*)(?:>(?<other>[a-z]\\w*))?)\\}");
  private static final int REPEATED_BYTES_MAX = 8 << 20;

  private sealed interface Part {}

  private record Literal(String latin1) implements Part {}

  private record NumberHole(String name, String greaterThan) implements Part {}

  private record Rest() implements Part {}

  private record Now(long offsetSeconds) implements Part {}

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// `escapes`: `\r \n \t \0 \\` and `\xNN` stand for bytes. `end` is appended.
  static Template parse(String text, boolean escapes, String end) {
    var parts = new ArrayList<Part>();
    var matcher = HOLE.matcher(text);
    int at = 0;
    while (matcher.find()) {
      literal(parts, text.substring(at, matcher.start()), escapes);
      at = matcher.end();
      if (matcher.group("rest") != null) {
        parts.add(new Rest());
      } else if (matcher.group("name") != null) {
        var other = matcher.group("other");
        parts.add(
            matcher.group("name").equals("now")
                ? new Now(0)
                : new NumberHole(matcher.group("name"), other == null ? "" : other));
      } else if (matcher.group("text") != null) {
        int times = Integer.parseInt(matcher.group("times"));
        String unit = escapes ? unescaped(matcher.group("text")) : latin1(matcher.group("text"));
        if ((long) times * unit.length() > REPEATED_BYTES_MAX) {
          throw new IllegalArgumentException("more than " + REPEATED_BYTES_MAX + " bytes: " + text);
        }
        parts.add(new Literal(unit.repeat(times)));
      } else {
        var offset = matcher.group("now");
        parts.add(new Now(offset == null ? 0 : Long.parseLong(offset)));
      }
    }
    literal(parts, text.substring(at), escapes);
    parts.add(new Literal(end));
    return new Template(parts);
  }

  private static void literal(List<Part> parts, String text, boolean escapes) {
    parts.add(new Literal(escapes ? unescaped(text) : latin1(text)));
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String unescaped(String text) {
    var out = new StringBuilder();
    String bytes = latin1(text);
    int at = 0;
    while (at < bytes.length()) {
      char c = bytes.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = at < bytes.length() ? bytes.charAt(at++) : ' ';
      switch (escape) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case '0' -> out.append('\0');
        case '\\' -> out.append('\\');
        case 'x' -> {
          out.append((char) HexFormat.fromHexDigits(bytes, at, at + 2));
          at += 2;
        }
        default -> throw new IllegalArgumentException("unknown escape \\" + escape + " in " + text);
      }
    }
    return out.toString();
  }

  boolean hasVariables() {
    return parts.stream().anyMatch(part -> part instanceof NumberHole || part instanceof Rest);
  }

  /// The bytes, holes filled. Errors: `IllegalStateException` for a name no answer has bound.
  byte[] bytes(Map<String, Long> bound, long epochSeconds) {
    var out = new ByteArrayOutputStream();
    for (Part part : parts) {
      String text =
          switch (part) {
            case Literal literal -> literal.latin1();
            case Now now -> Long.toString(epochSeconds + now.offsetSeconds());
            case NumberHole number -> Long.toUnsignedString(value(bound, number.name()));
            case Rest _ -> throw new IllegalStateException("{*} can't be sent");
          };
      out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return out.toByteArray();
  }

  private static long value(Map<String, Long> bound, String name) {
    Long value = bound.get(name);
    if (value == null) {
      throw new IllegalStateException("{" + name + "} was not in an earlier answer");
    }
    return value;
  }

  /// Whether `line` fits; binds the names it meets for the first time.
  boolean matches(String line, Map<String, Long> bound, long epochSeconds) {
    var regex = new StringBuilder();
    var names = new ArrayList<NumberHole>();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> regex.append(Pattern.quote(literal.latin1()));
        case Now now -> regex.append(epochSeconds + now.offsetSeconds());
        case Rest _ -> regex.append("[^\\r\\n]*");
        case NumberHole number -> {
          regex.append("(\\d{1,20})");
          names.add(number);
        }
      }
    }
    var matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(line);
    if (!matcher.matches()) {
      return false;
    }
    for (int group = 0; group < names.size(); group++) {
      if (!binds(names.get(group), Long.parseUnsignedLong(matcher.group(group + 1)), bound)) {
        return false;
      }
    }
    return true;
  }

  private static boolean binds(NumberHole number, long value, Map<String, Long> bound) {
    if (!number.greaterThan().isEmpty()
        && Long.compareUnsigned(value, value(bound, number.greaterThan())) <= 0) {
      return false;
    }
    Long before = bound.putIfAbsent(number.name(), value);
    return before == null || before == value;
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> out.append(literal.latin1());
        case NumberHole number -> out.append('{').append(number.name()).append('}');
        case Now now -> out.append("{now+").append(now.offsetSeconds()).append('}');
        case Rest _ -> out.append("{*}");
      }
    }
    return out.toString();
  }
}
