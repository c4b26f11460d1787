package io.scrubjay.server.text;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.LruControl;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import org.jspecify.annotations.Nullable;

/// `lru tune`, `lru mode` and `lru temp_ttl`. Source: spec 2.6. Threads: the worker's.
final class TextLru {
  private static final int TUNE_TOKENS = 6;

  private final @Nullable LruControl lru;

  TextLru(Engine engine) {
    this.lru = engine.lru().orElse(null);
  }

  Step serve(Connection connection, TextRequest request) {
    LruControl knobs = lru;
    TextReply reply = TextReply.ERROR;
    if (knobs != null && request.arguments() >= 2) {
      if (request.tokenAbbreviates(1, "tune") && request.tokens() >= TUNE_TOKENS) {
        reply = tune(knobs, request);
      } else if (request.tokenAbbreviates(1, "mode")) {
        reply = mode(knobs, request);
      } else if (request.tokenAbbreviates(1, "temp_ttl")) {
        reply = okIf(request.parseInt32(2) && knobs.temporaryTtl((int) request.number));
      }
    }
    return TextDialect.served(connection, request, reply);
  }

  private static TextReply tune(LruControl knobs, TextRequest request) {
    if (!request.parseUint32(2)) {
      return TextReply.ERROR;
    }
    long hot = request.number;
    if (!request.parseUint32(3)) {
      return TextReply.ERROR;
    }
    long warm = request.number;
    if (!request.parseDecimal(4)) {
      return TextReply.ERROR;
    }
    double hotFactor = request.decimal;
    if (!request.parseDecimal(5)) {
      return TextReply.ERROR;
    }
    double warmFactor = request.decimal;
    if (hot + warm > LruControl.PERCENT_MAX) {
      return TextReply.LRU_PERCENTAGES;
    }
    if (hotFactor <= 0 || warmFactor <= 0) {
      return TextReply.LRU_FACTORS;
    }
    knobs.tune((int) hot, (int) warm, hotFactor, warmFactor);
    return TextReply.OK;
  }

  private static TextReply mode(LruControl knobs, TextRequest request) {
    if (request.tokenIs(2, "flat")) {
      return okIf(knobs.segmented(false));
    }
    return okIf(request.tokenIs(2, "segmented") && knobs.segmented(true));
  }

  private static TextReply okIf(boolean done) {
    return done ? TextReply.OK : TextReply.ERROR;
  }
}
