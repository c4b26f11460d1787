package io.scrubjay.server.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.OrderedStore;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The flags of one `mscan` and the reply they make: for each item `HD`, or with `v` `VA` and the
/// value, and what the flags ask for in their order; then `EN`, with `P` and a cursor when there is
/// more.
final class MetaScan {
  private static final String ITEM_FLAGS = "kfcts";

  /// Those that an item's line repeats.
  private final String flags;

  private final byte[] prefix;
  private final byte @Nullable [] after;
  private final boolean withValues;
  private final CacheClock clock;

  private MetaScan(
      String flags, byte[] prefix, byte @Nullable [] after, boolean withValues, CacheClock clock) {
    this.flags = flags;
    this.prefix = prefix;
    this.after = after;
    this.withValues = withValues;
    this.clock = clock;
  }

  /// Errors: `IllegalArgumentException` for a flag that isn't one.
  static MetaScan of(List<String> words, byte[] prefix, CacheClock clock) {
    StringBuilder flags = new StringBuilder();
    byte[] after = null;
    boolean withValues = false;
    for (String word : words) {
      if (word.equals("v")) {
        withValues = true;
      } else if (word.startsWith("P")) {
        after = ScanCursor.key(word.substring(1), prefix);
      } else if (word.length() == 1 && ITEM_FLAGS.contains(word)) {
        flags.append(word);
      } else {
        throw new IllegalArgumentException("flag " + word + ", must be v, k, f, c, t, s or P");
      }
    }
    return new MetaScan(flags.toString(), prefix, after, withValues, clock);
  }

  /// The key of the cursor; null: from the start.
  byte @Nullable [] after() {
    return after;
  }

  boolean withValues() {
    return withValues;
  }

  byte[] reply(OrderedStore.Page page) {
    var reply = new ScanReply();
    for (OrderedStore.Item item : page.items()) {
      String kind = withValues ? "VA " + item.value.length : "HD";
      reply.line(kind + flags(item));
      if (withValues) {
        reply.data(item.value);
      }
    }
    byte[] last = page.last();
    reply.line(last == null ? "EN" : "EN P" + ScanCursor.of(last, prefix));
    return reply.bytes();
  }

  private String flags(OrderedStore.Item item) {
    ItemHeader header = item.header;
    boolean binary = header.has(ItemHeader.BINARY_KEY);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < flags.length(); i++) {
      char flag = flags.charAt(i);
      line.append(' ').append(flag);
      switch (flag) {
        case 'k' ->
            line.append(
                binary
                    ? Base64.getEncoder().encodeToString(item.key) + " b"
                    : new String(item.key, ISO_8859_1));
        case 'f' -> line.append(Integer.toUnsignedString(header.clientFlags));
        case 'c' -> line.append(Long.toUnsignedString(header.cas));
        case 't' -> line.append(header.deadline == 0 ? -1 : header.deadline - clock.now());
        default -> line.append(header.valueBytes);
      }
    }
    return line.toString();
  }
}
