package io.scrubjay.server.text;

import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.watch.WatchStream;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `watch`. Source: spec 2.7. Threads: the worker's.
final class TextWatch {
  private final boolean enabled;

  /// `enabled`: not `-W`.
  TextWatch(boolean enabled) {
    this.enabled = enabled;
  }

  Step serve(Connection connection, TextRequest request) {
    if (connection.pipelined()) {
      return TextDialect.served(connection, request, TextReply.WATCH_PIPELINED);
    }
    if (!enabled) {
      return TextDialect.refused(connection, request, TextError.WATCH_NOT_ALLOWED);
    }
    Set<WatchStream> streams = streams(request);
    if (streams == null) {
      return TextDialect.served(connection, request, TextReply.ERROR);
    }
    // In datagrams nobody could tell when a client has left.
    if (connection.cutsResponses) {
      return TextDialect.served(connection, request, TextReply.WATCHER_FAILED);
    }
    TextReply reply = connection.watch(streams) ? TextReply.OK : TextReply.WATCHER_TOO_MANY;
    return TextDialect.served(connection, request, reply);
  }

  /// Null when a word names no stream.
  private static @Nullable Set<WatchStream> streams(TextRequest request) {
    Set<WatchStream> streams = EnumSet.noneOf(WatchStream.class);
    for (int token = 1; token < request.tokens(); token++) {
      WatchStream named = stream(request, token);
      if (named == null) {
        return null;
      }
      streams.add(named);
    }
    return streams.isEmpty() ? EnumSet.of(WatchStream.FETCHERS) : streams;
  }

  private static @Nullable WatchStream stream(TextRequest request, int token) {
    for (WatchStream stream : WatchStream.values()) {
      if (request.tokenAbbreviates(token, stream.word())) {
        return stream;
      }
    }
    return null;
  }
}
