package io.scrubjay.server.text;

import io.scrubjay.engine.SlabControl;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.stats.ExternalStorageSettings;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import java.util.List;
import java.util.Locale;

/// `extstore SETTING VALUE`, there whether external storage is in use or not. Source: spec 2.6.
/// Threads: the worker's.
final class TextExtstore {
  private static final List<String> NUMBERS =
      List.of(
          "item_size",
          "item_age",
          "low_ttl",
          "recache_rate",
          "compact_under",
          "drop_under",
          "max_sleep");

  private final ExternalStorageSettings settings;

  TextExtstore(ExternalStorageSettings settings) {
    this.settings = settings;
  }

  Step serve(Connection connection, TextRequest request) {
    boolean done = request.arguments() >= 2 && set(request);
    return TextDialect.served(connection, request, done ? TextReply.OK : TextReply.ERROR);
  }

  private boolean set(TextRequest request) {
    for (String name : NUMBERS) {
      if (request.tokenAbbreviates(1, name)) {
        return request.parseUint32(2) && keep(name, Long.toString(request.number));
      }
    }
    if (request.tokenAbbreviates(1, "max_frag")) {
      return request.parseDecimal(2)
          && keep("max_frag", String.format(Locale.ROOT, "%.2f", request.decimal));
    }
    if (request.tokenAbbreviates(1, "drop_unread")) {
      return request.parseUint32(2) && keep("drop_unread", request.number == 0 ? "no" : "yes");
    }
    return request.tokenAbbreviates(1, "free_memchunks")
        && request.parseUint32(2)
        && request.number < SlabControl.CLASSES_END
        && request.parseUint32(3);
  }

  private boolean keep(String name, String value) {
    settings.set(name, value);
    return true;
  }
}
