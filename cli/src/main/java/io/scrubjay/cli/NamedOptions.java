package io.scrubjay.cli;

import io.scrubjay.cli.ConfigFile.UnreadableException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Options by name, as a config file and the environment say them, turned into those of the command
/// line: `disable-cas = true` is `-C`, `listen = ["a", "b"]` is `-l a -l b`, `verbose = 2` is
/// `-vv`, and `slab_automove = 0` is `-o slab_automove=0`. In names, `-` and `_` are the same.
///
/// What is added later replaces what was said before under the same name. Pure. Threads: one at a
/// time; lives as long as one parse.
final class NamedOptions {
  private static final String PREFIX = "SCRUBJAY_";
  private static final String SWITCH = "true or false";
  private static final int VERBOSITY_MAX = 3;

  /// @param where what a message about it begins with
  record Named(String where, List<Getopt.Option> options) {
    public Named {
      options = List.copyOf(options);
    }
  }

  /// A line, a name or a value that can't be; says where.
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }

  /// What a value must look like, by the name that help gives it.
  private enum Shape {
    INTEGER("a whole number", "[+-]?[0-9]{1,10}", "N", "S", "US", "MS", "KIB", "MIB"),
    DECIMAL("a number", "[+-]?[0-9]{1,10}(\\.[0-9]+)?", "X");

    final String rule;
    final Pattern pattern;

    // Immutable, but the type can't say so.
    @SuppressWarnings("ImmutableEnumChecker")
    final List<String> argumentNames;

    Shape(String rule, String pattern, String... argumentNames) {
      this.rule = rule;
      this.pattern = Pattern.compile(pattern);
      this.argumentNames = List.of(argumentNames);
    }

    static void check(String where, String argumentName, String value) throws UnusableException {
      for (Shape shape : values()) {
        if (shape.argumentNames.contains(argumentName) && !shape.pattern.matcher(value).matches()) {
          throw new UnusableException(where + ": must be " + shape.rule);
        }
      }
    }
  }

  private final SequencedMap<String, Named> byName = new LinkedHashMap<>();

  /// In the order of saying.
  Collection<Named> all() {
    return byName.values();
  }

  /// Forgets what was said under a flag's name.
  void remove(Flag flag) {
    byName.remove(name(flag));
  }

  void addFile(String file, String text) throws UnusableException {
    var lines = new TreeMap<String, Integer>();
    try {
      for (ConfigFile.Entry entry : ConfigFile.parse(text)) {
        String name = canonical(entry.key());
        String where =
            file + ":" + entry.line() + ": " + entry.key() + " = " + shown(entry.values());
        if (name.equals(ConfigSource.NAME)) {
          throw new UnusableException(where + ": a file can't name another");
        }
        if (!known(name)) {
          throw new UnusableException(where + ": no such option" + Nearest.hint(name, names()));
        }
        Integer before = lines.put(name, entry.line());
        if (before != null) {
          throw new UnusableException(where + ": said before, in line " + before);
        }
        add(name, where, entry.values());
      }
    } catch (UnreadableException unreadable) {
      throw new UnusableException(file + ":" + unreadable.getMessage());
    }
  }

  /// Others name variables so too: the build its switches, and Kubernetes what it tells of a
  /// service named `scrubjay`. So a name that is near none of ours is passed over.
  void addEnvironment(Map<String, String> environment) throws UnusableException {
    for (var variable : new TreeMap<>(environment).entrySet()) {
      if (!variable.getKey().startsWith(PREFIX)) {
        continue;
      }
      String name = canonical(variable.getKey().substring(PREFIX.length()));
      String where = variable.getKey() + " = " + variable.getValue();
      boolean isLink = name.equals(name(Flag.PORT)) && variable.getValue().startsWith("tcp://");
      if (isLink) {
        continue;
      }
      if (known(name)) {
        add(name, where, List.of(variable.getValue()));
        continue;
      }
      String hint = Nearest.hint(name, names(), NamedOptions::variable);
      if (!hint.isEmpty()) {
        throw new UnusableException(where + ": no such option" + hint);
      }
    }
  }

  private void add(String name, String where, List<String> values) throws UnusableException {
    Flag flag = flag(name);
    Suboption suboption = Suboption.named(name);
    List<Getopt.Option> options =
        suboption != null
            ? suboption(suboption, where, values)
            : flag(Objects.requireNonNull(flag), where, values);
    byName.remove(name);
    byName.put(name, new Named(where, options));
  }

  private static List<Getopt.Option> flag(Flag flag, String where, List<String> values)
      throws UnusableException {
    if (flag == Flag.LISTEN) {
      return values.stream().map(value -> new Getopt.Option(flag, value)).toList();
    }
    String value = single(where, values);
    if (flag.argument == Flag.Argument.REQUIRED) {
      Shape.check(where, flag.argumentName, value);
      return List.of(new Getopt.Option(flag, value));
    }
    if (flag == Flag.VERBOSE && value.matches("[0-" + VERBOSITY_MAX + "]")) {
      return Collections.nCopies(Integer.parseInt(value), new Getopt.Option(flag, ""));
    }
    String rule = flag == Flag.VERBOSE ? SWITCH + ", or 0 to " + VERBOSITY_MAX : SWITCH;
    return isOn(where, value, rule) ? List.of(new Getopt.Option(flag, "")) : List.of();
  }

  private static List<Getopt.Option> suboption(
      Suboption suboption, String where, List<String> values) throws UnusableException {
    String name = suboption.optionName;
    String value = single(where, values);
    String usage = suboption.usage;
    int equals = usage.indexOf('=');
    if (equals >= 0) {
      Shape.check(where, usage.substring(equals + 1), value);
      return List.of(new Getopt.Option(Flag.EXTENDED, name + "=" + value));
    }
    return isOn(where, value, SWITCH) ? List.of(new Getopt.Option(Flag.EXTENDED, name)) : List.of();
  }

  private static String single(String where, List<String> values) throws UnusableException {
    if (values.size() != 1) {
      throw new UnusableException(where + ": must be one value, not an array");
    }
    return values.getFirst();
  }

  private static boolean isOn(String where, String value, String rule) throws UnusableException {
    if (!value.equals("true") && !value.equals("false")) {
      throw new UnusableException(where + ": must be " + rule);
    }
    return value.equals("true");
  }

  private static String shown(List<String> values) {
    return values.size() == 1 ? values.getFirst() : values.toString();
  }

  private static boolean known(String name) {
    return flag(name) != null || Suboption.named(name) != null;
  }

  private static Stream<String> names() {
    return Stream.concat(
        Arrays.stream(Flag.values()).filter(NamedOptions::isSetting).map(NamedOptions::name),
        Suboption.names());
  }

  private static @Nullable Flag flag(String name) {
    for (Flag flag : Flag.values()) {
      if (isSetting(flag) && name(flag).equals(name)) {
        return flag;
      }
    }
    return null;
  }

  /// `-D` has no long name of memcached's.
  private static String name(Flag flag) {
    return canonical(flag.longName.isEmpty() ? flag.name() : flag.longName);
  }

  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static String variable(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT);
  }

  private static boolean isSetting(Flag flag) {
    return switch (flag) {
      case HELP, LICENSE, VERSION, EXTENDED -> false;
      default -> true;
    };
  }
}
