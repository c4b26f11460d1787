package io.scrubjay.cli;

import io.scrubjay.engine.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where options come from that are not flags: the file that `-o config=FILE` or `SCRUBJAY_CONFIG`
/// names, and the environment. The environment's say replaces the file's, and a flag's replaces
/// both.
final class ConfigSource {
  static final String NAME = "config";

  static final int FILE_BYTES_MAX = 64 << 10;

  private static final String VARIABLE = "SCRUBJAY_CONFIG";

  private ConfigSource() {}

  /// Whether one of the flags asks for a text: then no option matters.
  static boolean asksOnly(List<Getopt.Token> tokens) {
    return tokens.stream()
        .anyMatch(
            token ->
                token instanceof Getopt.Option option
                    && switch (option.flag()) {
                      case HELP, VERSION, LICENSE -> true;
                      default -> false;
                    });
  }

  /// Without the flags.
  static NamedOptions options(List<Getopt.Token> tokens, Host host)
      throws NamedOptions.UnusableException {
    var named = new NamedOptions();
    String file = file(tokens, host.environment());
    if (file != null) {
      named.addFile(file, text(file, host));
    }
    named.addEnvironment(host.environment());
    for (Getopt.Token token : tokens) {
      if (token instanceof Getopt.Option option) {
        named.remove(option.flag());
      }
    }
    return named;
  }

  /// The last that is said; null for none.
  private static @Nullable String file(List<Getopt.Token> tokens, Map<String, String> environment) {
    String file = environment.get(VARIABLE);
    for (Getopt.Token token : tokens) {
      if (token instanceof Getopt.Option option && option.flag() == Flag.EXTENDED) {
        for (String item : option.argument().split(",", -1)) {
          file = item.startsWith(NAME + "=") ? item.substring(NAME.length() + 1) : file;
        }
      }
    }
    return file;
  }

  private static String text(String file, Host host) throws NamedOptions.UnusableException {
    if (file.isEmpty()) {
      throw new NamedOptions.UnusableException("config: must name a file");
    }
    try {
      byte[] bytes = host.read(file, FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new NamedOptions.UnusableException(
            file + ": must be at most " + FILE_BYTES_MAX + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new NamedOptions.UnusableException(file + ": must be UTF-8");
    } catch (IOException unreadable) {
      throw new NamedOptions.UnusableException(
          "config " + file + ": can't be read: " + FileFailure.reason(unreadable));
    }
  }
}
