package io.scrubjay.conformance.differential;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What answers tell that doesn't follow from commands alone: times, since the two servers' seconds
/// begin at different moments, and statistics, which transcripts compare.
final class Incidental {
  private static final int SECONDS_GRAIN = 50;

  /// Beyond it a number depends on when the server was started: what has passed, and 2106.
  private static final int SECONDS_MAX = 1_000_000_000;

  private static final Pattern META_HIT = Pattern.compile("(?m)^(?:HD|VA \\d+)( [^\\r\\n]*)");
  private static final Pattern LEFT = Pattern.compile(" t(\\d+)(?= |$)");
  private static final Pattern IDLE = Pattern.compile(" l\\d+(?= |$)");
  private static final Pattern DEBUG = Pattern.compile("(?m)^(ME \\S+ exp=)(-?\\d+)( la=)\\d+");
  private static final Pattern STATISTIC = Pattern.compile("(?m)^STAT [^\\n]*\\n");

  private static final Pattern SLAB_CLASS = Pattern.compile("(?m)^(ME .* cls=)\\d+( size=)");

  private Incidental() {}

  /// For a store that has no slab classes, beside one that has.
  static String withoutSlabClasses(String answers) {
    return SLAB_CLASS.matcher(answers).replaceAll("$1*$2");
  }

  static String blurred(String answers) {
    String meta = META_HIT.matcher(answers).replaceAll(Incidental::blurredFlags);
    String debug =
        DEBUG
            .matcher(meta)
            .replaceAll(match -> match.group(1) + grains(match.group(2)) + match.group(3) + "*");
    return STATISTIC.matcher(debug).replaceAll("");
  }

  private static String blurredFlags(MatchResult hit) {
    String flags = LEFT.matcher(hit.group(1)).replaceAll(left -> " t" + grains(left.group(1)));
    String before = hit.group().substring(0, hit.group().length() - hit.group(1).length());
    return before + IDLE.matcher(flags).replaceAll(" l*");
  }

  /// The lifetimes that are sent are far enough from where a grain ends.
  private static String grains(String seconds) {
    long number = Long.parseLong(seconds);
    if (number == -1) {
      return seconds;
    }
    return number < 0 || number > SECONDS_MAX
        ? "past or far"
        : "~" + Math.round((double) number / SECONDS_GRAIN);
  }
}
