package io.scrubjay.server.text;

import io.scrubjay.engine.Key;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.command.DebugTools;
import io.scrubjay.server.command.TimeControl;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import org.jspecify.annotations.Nullable;

/// `debugtime` and `debugitem`, which memcached has in its debug build and this server with `-o
/// debug_commands`; `ERROR` otherwise. Source: spec 2.5. Threads: the worker's.
final class TextDebug {
  private final @Nullable DebugTools tools;
  private final Key key = new Key();

  /// Null: not allowed.
  TextDebug(@Nullable DebugTools tools) {
    this.tools = tools;
  }

  Step time(Connection connection, TextRequest request) {
    TimeControl time = tools == null ? null : tools.time();
    boolean done = time != null && request.tokens() > 1 && moved(time, request);
    return TextDialect.served(connection, request, done ? TextReply.OK : TextReply.ERROR);
  }

  private static boolean moved(TimeControl time, TextRequest request) {
    if (request.tokenIs(1, "p")) {
      time.pause();
      return true;
    }
    if (request.tokenIs(1, "r")) {
      time.resume();
      return true;
    }
    if (!request.parseInt64(1)) {
      return false;
    }
    time.shift(request.number);
    return true;
  }

  Step item(Connection connection, TextRequest request) {
    if (tools == null || request.tokens() < 3 || request.tokenLength(2) > Key.BYTES_MAX) {
      return TextDialect.served(connection, request, TextReply.ERROR);
    }
    return TextDialect.served(connection, request, itemReply(tools, request));
  }

  private TextReply itemReply(DebugTools tools, TextRequest request) {
    Key named = key.at(request.segment, request.tokenOffset(2), request.tokenLength(2));
    if (request.tokenIs(1, "lock")) {
      return tools.items().lock(named) ? TextReply.OK : TextReply.ERROR;
    }
    if (request.tokenIs(1, "unlock")) {
      return tools.items().unlock() ? TextReply.OK : TextReply.ERROR;
    }
    String name = request.tokenText(2);
    if (request.tokenIs(1, "ref")) {
      return tools.items().pin(named, name) ? TextReply.OK : TextReply.MISS;
    }
    if (request.tokenIs(1, "unref")) {
      boolean done = name.equals("reffed") ? tools.items().unpinLast() : tools.items().unpin(name);
      return done ? TextReply.OK : TextReply.MISS;
    }
    return TextReply.ERROR;
  }
}
