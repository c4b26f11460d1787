package io.scrubjay.server.text;

import io.scrubjay.engine.CrawlStart;
import io.scrubjay.engine.CrawlerControl;
import io.scrubjay.engine.DumpStart;
import io.scrubjay.engine.Engine;
import io.scrubjay.engine.ItemCursor;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Worker;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `lru_crawler` and its dumps. Source: spec 2.6.
///
/// A dump is written as the client takes it, and what the client asks for behind it is answered
/// behind it. An engine that can't be walked over answers as a server whose crawler is off.
/// Threads: the worker's.
final class TextCrawler {
  private static final String HASH = "hash";

  /// Strict, of 32 bits (spec T-07), as far as form goes.
  private static final Pattern NUMBER = Pattern.compile("\\d{1,11}");

  /// No set of classes: text that can't be read, or a class that can't be. Items have no class 0.
  private static final long BAD_CLASSES = 1;

  private final Worker worker;
  private final @Nullable CrawlerControl crawler;
  private final boolean dumpEnabled;

  TextCrawler(Worker worker, Engine engine, boolean dumpEnabled) {
    this.worker = worker;
    this.crawler = engine.crawler().orElse(null);
    this.dumpEnabled = dumpEnabled;
  }

  Step serve(Connection connection, TextRequest request) {
    if (request.tokens() == 2) {
      if (request.tokenAbbreviates(1, "enable")) {
        return TextDialect.served(connection, request, enable());
      }
      if (request.tokenAbbreviates(1, "disable")) {
        return TextDialect.served(connection, request, disable());
      }
    }
    if (request.tokens() == 3) {
      if (request.tokenAbbreviates(1, "crawl")) {
        return crawl(connection, request);
      }
      if (request.tokenAbbreviates(1, "metadump")) {
        return dump(connection, request, TextDump.Form.METADUMP);
      }
      if (request.tokenAbbreviates(1, "mgdump")) {
        return dump(connection, request, TextDump.Form.MGDUMP);
      }
      if (request.tokenAbbreviates(1, "sleep")) {
        return sleep(connection, request);
      }
      if (request.tokenAbbreviates(1, "tocrawl")) {
        return itemsMax(connection, request);
      }
    }
    return TextDialect.served(connection, request, TextReply.ERROR);
  }

  private TextReply enable() {
    return crawler != null && crawler.enable() ? TextReply.OK : TextReply.CRAWLER_START_FAILED;
  }

  private TextReply disable() {
    if (crawler != null) {
      crawler.disable();
    }
    return TextReply.OK;
  }

  private Step sleep(Connection connection, TextRequest request) {
    if (!request.parseUint32(2)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    if (request.number > CrawlerControl.SLEEP_MICROS_MAX) {
      return TextDialect.refused(connection, request, TextError.CRAWLER_SLEEP);
    }
    if (crawler != null) {
      crawler.sleepMicros((int) request.number);
    }
    return TextDialect.served(connection, request, TextReply.OK);
  }

  private Step itemsMax(Connection connection, TextRequest request) {
    if (!request.parseUint32(2)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    if (crawler != null) {
      crawler.itemsMax(request.number);
    }
    return TextDialect.served(connection, request, TextReply.OK);
  }

  private Step crawl(Connection connection, TextRequest request) {
    if (crawler == null || !crawler.enabled()) {
      return refused(connection, request, CrawlStart.DISABLED);
    }
    boolean hash = request.tokenIs(2, HASH);
    long classes = hash ? 0 : classes(request);
    if (classes == BAD_CLASSES) {
      return TextDialect.served(connection, request, TextReply.CRAWLER_BADCLASS);
    }
    CrawlStart start = crawler.crawl(classes);
    if (start == CrawlStart.STARTED) {
      return TextDialect.served(connection, request, TextReply.OK);
    }
    return refused(
        connection, request, hash && start == CrawlStart.NOTHING ? CrawlStart.UNKNOWN : start);
  }

  private Step dump(Connection connection, TextRequest request, TextDump.Form form) {
    if (crawler == null || !crawler.enabled()) {
      return refused(connection, request, CrawlStart.DISABLED);
    }
    boolean metadump = form == TextDump.Form.METADUMP;
    if (!dumpEnabled) {
      return TextDialect.served(
          connection,
          request,
          metadump ? TextReply.METADUMP_NOT_ALLOWED : TextReply.MGDUMP_NOT_ALLOWED);
    }
    if (connection.pipelined()) {
      return TextDialect.served(
          connection,
          request,
          metadump ? TextReply.METADUMP_PIPELINED : TextReply.MGDUMP_PIPELINED);
    }
    // Datagrams are answered as a whole, and a dump has no end to speak of.
    if (connection.cutsResponses) {
      return refused(connection, request, CrawlStart.UNKNOWN);
    }
    boolean hash = request.tokenIs(2, HASH);
    long classes = hash ? 0 : classes(request);
    if (classes == BAD_CLASSES) {
      return TextDialect.served(connection, request, TextReply.CRAWLER_BADCLASS);
    }
    DumpStart start =
        hash ? crawler.dumpIndex(connection::hangUp) : crawler.dump(classes, connection::hangUp);
    return switch (start) {
      case DumpStart.Refused(CrawlStart why) -> refused(connection, request, why);
      case DumpStart.Begun(ItemCursor cursor) -> {
        TextReply.OK.writeTo(connection.out());
        connection.longReply(new TextDump(cursor, form, worker.clock()), false);
        yield Step.SERVED;
      }
    };
  }

  private static Step refused(Connection connection, TextRequest request, CrawlStart why) {
    return switch (why) {
      case DISABLED -> TextDialect.refused(connection, request, TextError.CRAWLER_DISABLED);
      case BUSY -> TextDialect.served(connection, request, TextReply.CRAWLER_BUSY);
      case NOTHING -> TextDialect.served(connection, request, TextReply.CRAWLER_NOTSTARTED);
      case UNKNOWN -> TextDialect.served(connection, request, TextReply.CRAWLER_ERROR);
      case STARTED -> throw new AssertionError("started, not refused");
    };
  }

  /// `all`, or numbers with commas between them, as a set; [#BAD_CLASSES] otherwise.
  private static long classes(TextRequest request) {
    if (request.tokenIs(2, "all")) {
      return CrawlerControl.ALL_CLASSES;
    }
    long classes = 0;
    for (String number : request.tokenText(2).split(",", -1)) {
      // Nothing between two commas is nothing.
      if (!number.isEmpty()) {
        long slabClass = NUMBER.matcher(number).matches() ? Long.parseLong(number) : -1;
        if (slabClass < 1 || slabClass >= SlabControl.CLASSES_END) {
          return BAD_CLASSES;
        }
        classes |= 1L << slabClass;
      }
    }
    return classes;
  }
}
