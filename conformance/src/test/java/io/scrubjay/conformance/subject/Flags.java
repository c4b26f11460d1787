package io.scrubjay.conformance.subject;

import io.scrubjay.server.ServerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The few of memcached's flags that tests use, as options of the embedding API. The command line's
/// own reader is another room's and has its own tests.
final class Flags {
  private static final int MEBIBYTE = 1 << 20;

  private Flags() {}

  /// Beside what `flags` say, the engine is told `settings`.
  static ServerOptions.Builder options(List<String> flags, Map<String, String> settings) {
    var options = ServerOptions.builder().port(0).threads(1);
    Map<String, String> engine = new HashMap<>(settings);
    var words = flags.iterator();
    while (words.hasNext()) {
      String flag = words.next();
      switch (flag) {
        case "-M" -> options.evictions(false);
        case "-C" -> options.casEnabled(false);
        case "-m" -> options.memoryLimitBytes((long) MEBIBYTE * Integer.parseInt(words.next()));
        case "-I" -> options.itemBytesMax(bytes(words.next()));
        case "-c" -> options.connectionsMax(Integer.parseInt(words.next()));
        case "-t" -> options.threads(Integer.parseInt(words.next()));
        case "-U" -> options.udpPort(Integer.parseInt(words.next()));
        case "-o" -> suboptions(words.next(), options, engine);
        case "-R" -> options.requestsPerEvent(Integer.parseInt(words.next()));
        case "-f" -> engine.put("growth_factor", words.next());
        case "-n" -> engine.put("chunk_size", words.next());
        default -> throw new IllegalArgumentException("no option for flag " + flag);
      }
    }
    return options.engineSettings(engine);
  }

  private static void suboptions(
      String words, ServerOptions.Builder options, Map<String, String> engine) {
    for (String word : words.split(",", -1)) {
      if (word.startsWith("poller=")) {
        options.poller(word.substring("poller=".length()));
      } else if (word.equals("no_lru_crawler")) {
        engine.put("lru_crawler", "no");
      } else if (word.equals("no_lru_maintainer")) {
        engine.put("lru_maintainer_thread", "no");
      } else {
        throw new IllegalArgumentException("no option for -o " + word);
      }
    }
  }

  private static int bytes(String size) {
    int unit =
        switch (size.charAt(size.length() - 1)) {
          case 'k' -> 1024;
          case 'm' -> MEBIBYTE;
          default -> 1;
        };
    return unit * Integer.parseInt(unit == 1 ? size : size.substring(0, size.length() - 1));
  }
}
