package io.scrubjay.engine.slab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// What `FILE.meta` says of the memory file beside it: lines `K<key> <value>` after a first line
/// `Tmain`, of memcached's keys first (spec 8.3), then ours, the last one a checksum of all before
/// it. A key may occur several times.
///
/// Immutable once made, except for [#put]. Knows no files.
final class RestartMeta {
  static final List<String> TERMS =
      List.of(
          "slab_config",
          "maxbytes",
          "chunk_size",
          "item_size_max",
          "slab_chunk_size_max",
          "slab_page_size",
          "use_cas",
          "slab_reassign");

  private static final List<String> STATE =
      List.of(
          "current_time",
          "process_started",
          "stop_time",
          "current_cas",
          "logger_gid",
          "hashpower",
          "oldest_live",
          "mmap_oldbase");

  private static final String FIRST_LINE = "Tmain\n";
  private static final String CHECKSUM = "checksum";
  private static final String CORRUPT = "[restart] corrupt metadata file";

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  void put(String key, Object value) {
    values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value.toString());
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder(FIRST_LINE);
    values.forEach((key, all) -> all.forEach(value -> line(text, key, value)));
    line(text, CHECKSUM, checksum(text.toString()));
    return text.toString().getBytes(ISO_8859_1);
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append('K').append(key).append(' ').append(value).append('\n');
  }

  private static String checksum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(ISO_8859_1));
    return Long.toHexString(sum.getValue());
  }

  static RestartMeta parse(byte[] bytes) throws RestartRefused {
    String text = new String(bytes, ISO_8859_1);
    int lastLine = text.lastIndexOf("K" + CHECKSUM + " ");
    if (!text.startsWith(FIRST_LINE) || lastLine < 0) {
      throw new RestartRefused(CORRUPT);
    }
    String covered = text.substring(0, lastLine);
    if (!text.substring(lastLine).equals("K" + CHECKSUM + " " + checksum(covered) + "\n")) {
      throw new RestartRefused(CORRUPT);
    }
    RestartMeta meta = new RestartMeta();
    for (String line : covered.substring(FIRST_LINE.length()).split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 1 && line.charAt(0) == 'K') {
        meta.put(line.substring(1, space), line.substring(space + 1));
      }
    }
    return meta;
  }

  /// Refuses unless every term of the present run is what it was, and nothing is missing.
  void requireTerms(RestartMeta present) throws RestartRefused {
    for (String term : TERMS) {
      List<String> old = all(term);
      if (!old.isEmpty() && !old.equals(present.all(term))) {
        throw new RestartRefused(
            "[restart] restart incompatible due to setting for ["
                + term
                + "] [old value: "
                + old.getFirst()
                + "]");
      }
    }
    if (!values.keySet().containsAll(TERMS) || !values.keySet().containsAll(STATE)) {
      throw new RestartRefused("[restart] missing some metadata lines");
    }
  }

  /// Every value of a key, in order; none of a key that isn't there.
  List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  /// Errors: refuses as corrupt what is no number, or isn't there.
  long number(String key) throws RestartRefused {
    List<String> all = all(key);
    return all.isEmpty() ? corrupt() : number(all.getFirst(), 10);
  }

  static long number(String digits, int radix) throws RestartRefused {
    try {
      return radix == 16 ? Long.parseUnsignedLong(digits, 16) : Long.parseLong(digits);
    } catch (NumberFormatException _) {
      return corrupt();
    }
  }

  private static long corrupt() throws RestartRefused {
    throw new RestartRefused(CORRUPT);
  }
}
