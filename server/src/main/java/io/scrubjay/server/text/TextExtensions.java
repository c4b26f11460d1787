package io.scrubjay.server.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.OrderedStore;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.command.Seize;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.LongReply;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Commands that memcached doesn't have (`-o extensions`): `scan`, `mscan`, `delprefix`, `seize`,
/// and `lldb` for the store's chores. Source: docs/reference/extensions.md.
///
/// All but `seize` are done by the engine's threads: the request waits as one does for a cold read,
/// and the connection's later requests behind it. Allocates freely. Threads: the worker's.
final class TextExtensions {
  private static final String ALL = "*";

  private final Worker worker;
  private final Optional<OrderedStore> ordered;
  private final Seize seize;
  private final Key key = new Key();

  TextExtensions(Worker worker, DatabaseSession database) {
    this.worker = worker;
    this.ordered = database.engine().ordered();
    this.seize = new Seize(database.context());
  }

  Step serve(Connection connection, TextRequest request) {
    if (request.tokenIs(0, "seize")) {
      return seize(connection, request);
    }
    boolean known =
        request.tokenIs(0, "scan")
            || request.tokenIs(0, "mscan")
            || request.tokenIs(0, "delprefix")
            || request.tokenIs(0, "lldb")
            || request.tokenIs(0, "stats");
    if (!known || ordered.isEmpty()) {
      return TextDialect.served(connection, request, TextReply.ERROR);
    }
    byte[] answer;
    try {
      answer = worker.awaited(connection, () -> begin(words(request)));
    } catch (CompletionException failed) {
      answer = refusal(failed);
    }
    if (answer == null) {
      return Step.ENGINE_PENDING;
    }
    send(connection, answer);
    return Step.SERVED;
  }

  private Step seize(Connection connection, TextRequest request) {
    if (request.tokens() != 2 || request.tokenLength(1) > Key.BYTES_MAX) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    key.at(request.segment, request.tokenOffset(1), request.tokenLength(1));
    return switch (seize.apply(key)) {
      case PENDING -> Step.ENGINE_PENDING;
      case NOT_FOUND -> TextDialect.served(connection, request, TextReply.END);
      case SEIZED -> {
        var reply = new ScanReply();
        reply.value(request.tokenText(1), seize.clientFlags(), seize.value());
        reply.line("END");
        send(connection, reply.bytes());
        yield Step.SERVED;
      }
    };
  }

  private static List<String> words(TextRequest request) {
    List<String> words = new ArrayList<>();
    for (int token = 0; token < request.tokens(); token++) {
      words.add(request.tokenText(token));
    }
    return words;
  }

  private CompletableFuture<byte[]> begin(List<String> words) {
    try {
      OrderedStore store = ordered.orElseThrow();
      return switch (words.getFirst()) {
        case "scan" -> scan(store, words);
        case "mscan" -> metaScan(store, words);
        case "delprefix" -> deletePrefix(store, words);
        case "stats" -> store.chore(List.of("stats")).thenApply(lines -> lines("STAT ", lines));
        default -> store.chore(words.subList(1, words.size())).thenApply(lines -> lines("", lines));
      };
    } catch (IllegalArgumentException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static byte[] lines(String before, List<String> lines) {
    var reply = new ScanReply();
    lines.forEach(line -> reply.line(before + line));
    reply.line("END");
    return reply.bytes();
  }

  private static CompletableFuture<byte[]> scan(OrderedStore store, List<String> words) {
    require(words.size() == 3 || words.size() == 4, "scan PREFIX LIMIT [CURSOR]");
    byte[] prefix = prefix(words.get(1));
    int limit = limit(words.get(2));
    byte[] after = words.size() == 3 ? null : ScanCursor.key(words.get(3), prefix);
    return store
        .scan(prefix, limit, after, true)
        .thenApply(
            page -> {
              var reply = new ScanReply();
              for (OrderedStore.Item item : page.items()) {
                reply.value(new String(item.key, ISO_8859_1), item.header.clientFlags, item.value);
              }
              byte[] last = page.last();
              if (last != null) {
                reply.line("CURSOR " + ScanCursor.of(last, prefix));
              }
              reply.line("END");
              return reply.bytes();
            });
  }

  private CompletableFuture<byte[]> metaScan(OrderedStore store, List<String> words) {
    require(words.size() >= 3, "mscan PREFIX LIMIT FLAG…");
    byte[] prefix = prefix(words.get(1));
    int limit = limit(words.get(2));
    MetaScan scan = MetaScan.of(words.subList(3, words.size()), prefix, worker.clock());
    return store.scan(prefix, limit, scan.after(), scan.withValues()).thenApply(scan::reply);
  }

  private static CompletableFuture<byte[]> deletePrefix(OrderedStore store, List<String> words) {
    require(words.size() == 2 && !words.get(1).equals(ALL), "delprefix PREFIX");
    return store
        .deletePrefix(prefix(words.get(1)))
        .thenApply(_ -> "DELETED\r\n".getBytes(ISO_8859_1));
  }

  private static byte[] prefix(String word) {
    require(word.length() <= Key.BYTES_MAX, "a prefix of at most " + Key.BYTES_MAX + " bytes");
    return word.equals(ALL) ? new byte[0] : word.getBytes(ISO_8859_1);
  }

  private static int limit(String word) {
    require(word.matches("[0-9]{1,9}"), "a limit of 1.." + OrderedStore.PAGE_ITEMS_MAX);
    return Integer.parseInt(word);
  }

  private static void require(boolean holds, String usage) {
    if (!holds) {
      throw new IllegalArgumentException("usage: " + usage);
    }
  }

  /// The line that says why there is no answer.
  private static byte[] refusal(CompletionException failed) {
    return switch (failed.getCause()) {
      case IllegalArgumentException refused -> line("CLIENT_ERROR ", refused);
      case UncheckedIOException broken -> line("SERVER_ERROR ", broken);
      case null, default -> throw failed;
    };
  }

  private static byte[] line(String kind, RuntimeException why) {
    return (kind + why.getMessage() + "\r\n").getBytes(ISO_8859_1);
  }

  private static void send(Connection connection, byte[] text) {
    connection.longReply(new LongReply.OfText(MemorySegment.ofArray(text)), false);
  }
}
