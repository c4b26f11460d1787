package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.Await;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LruCommandsTest {
  private static Scrubjay start(Map<String, String> settings) throws Exception {
    return Scrubjay.start(
        ServerOptions.builder().port(0).threads(1).engineSettings(settings).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lru ; ERROR",
        "lru tune ; ERROR",
        "lru tune 10 20 0.1 ; ERROR",
        "lru tune 10 20 0.1 2 ; OK",
        "lru tu 10 20 0.1 2 ; OK",
        "lru tune 50 31 0.1 2 ; ERROR hot and warm pcts must not exceed 80",
        "lru tune 4294967295 4294967295 1 1 ; ERROR hot and warm pcts must not exceed 80",
        "lru tune 10 20 0 2 ; ERROR hot/warm age factors must be greater than 0",
        "lru tune 10 20 1 -1 ; ERROR hot/warm age factors must be greater than 0",
        "lru tune -1 20 1 1 ; ERROR",
        "lru tune 10 a 1 1 ; ERROR",
        "lru tune 10 20 a 1 ; ERROR",
        "lru tune 10 20 1 NaN ; ERROR",
        "lru tune 10 20 1d 2f ; ERROR",
        "lru tune 10 20 1e-1 2.5 ; OK",
        "lru mode ; ERROR",
        "lru mode flat ; OK",
        "lru mode segmented ; OK",
        "lru mode round ; ERROR",
        "lru mode fl ; ERROR",
        "lru temp_ttl ; ERROR",
        "lru temp_ttl 10 ; OK",
        "lru temp_ttl -1 ; OK",
        "lru temp_ttl a ; ERROR",
        "lru temp_ttl 99999999999 ; ERROR",
        "lru other 1 ; ERROR",
        "lru_crawler ; ERROR",
        "lru_crawler enable ; ERROR failed to start lru crawler thread",
        "lru_crawler enable x ; ERROR",
        "lru_crawler disable ; OK",
        "lru_crawler sleep ; ERROR",
        "lru_crawler sleep a ; CLIENT_ERROR bad command line format",
        "lru_crawler sleep -1 ; CLIENT_ERROR bad command line format",
        "lru_crawler sleep 1000000 ; OK",
        "lru_crawler sleep 1000001 ; CLIENT_ERROR sleep must be one second or less",
        "lru_crawler tocrawl ; ERROR",
        "lru_crawler tocrawl -1 ; CLIENT_ERROR bad command line format",
        "lru_crawler tocrawl 4294967295 ; OK",
        "lru_crawler tocrawl 4294967296 ; CLIENT_ERROR bad command line format",
        "lru_crawler crawl ; ERROR",
        "lru_crawler crawl all ; OK",
        "lru_crawler crawl 1,2 ; OK",
        "lru_crawler crawl all x ; ERROR",
        "lru_crawler crawl 1,a ; BADCLASS invalid class id",
        "lru_crawler crawl 0 ; BADCLASS invalid class id",
        "lru_crawler crawl 64 ; BADCLASS invalid class id",
        "lru_crawler crawl -1 ; BADCLASS invalid class id",
        "lru_crawler crawl 99999999999 ; BADCLASS invalid class id",
        "lru_crawler crawl +1 ; BADCLASS invalid class id",
        "lru_crawler crawl 000000000001 ; BADCLASS invalid class id",
        "lru_crawler crawl ,1,,2, ; OK",
        "lru_crawler crawl , ; NOTSTARTED no items to crawl",
        "lru_crawler metadump ,, ; NOTSTARTED no items to crawl",
        "lru_crawler mgdump , ; NOTSTARTED no items to crawl",
        "lru_crawler mgdump +1 ; BADCLASS invalid class id",
        "lru_crawler crawl hash ; ERROR an unknown error happened",
        "lru_crawler metadump ; ERROR",
        "lru_crawler metadump 64 ; BADCLASS invalid class id",
        "lru_crawler mgdump -1 ; BADCLASS invalid class id",
        "lru_crawler other ; ERROR",
        "stats detail ; CLIENT_ERROR usage: stats detail on|off|dump",
        "stats detail other ; CLIENT_ERROR usage: stats detail on|off|dump",
        "stats detail on ; OK",
        "stats detail off ; OK",
        "stats detail dump ; END",
        "stats cachedump ; CLIENT_ERROR bad command line",
        "stats cachedump 1 ; CLIENT_ERROR bad command line",
        "stats cachedump a 1 ; CLIENT_ERROR bad command line format",
        "stats cachedump -1 1 ; CLIENT_ERROR bad command line format",
        "stats cachedump 1 a ; CLIENT_ERROR bad command line format",
        "stats cachedump 64 1 ; CLIENT_ERROR Illegal slab id",
        "stats cachedump 63 0 ; END",
        "stats cachedump 0 0 ; END",
        "stats sizes ; STAT sizes_status disabled",
        "stats items ; END"
      })
  void everyLineHasItsAnswer(String line, String answer) throws Exception {
    try (Scrubjay server = start(Map.of());
        Client client = new Client(server)) {
      // The maintainer has the queues crawled once at the start, and other crawls wait for that.
      Await.until(
          "the end of the first crawl",
          () ->
              !"0".equals(server.statistics().get("lru_crawler_starts"))
                  && "0".equals(server.statistics().get("lru_crawler_running")));
      assertEquals(answer, client.ask(line + "\r\n"));
    }
  }

  @Test
  void withoutAMaintainerModeAndTemporaryItemsCannotBeHad() throws Exception {
    try (Scrubjay server = start(Map.of("lru_maintainer_thread", "no"));
        Client client = new Client(server)) {
      assertEquals("ERROR", client.ask("lru mode segmented\r\n"));
      assertEquals("ERROR", client.ask("lru temp_ttl 10\r\n"));
      assertEquals("OK", client.ask("lru tune 10 20 1 1\r\n"));
    }
  }

  @Test
  void aDisabledCrawlerSaysSo() throws Exception {
    try (Scrubjay server = start(Map.of("lru_crawler", "no"));
        Client client = new Client(server)) {
      for (String which : new String[] {"all", "hash", "0", ","}) {
        for (String what : new String[] {"crawl", "metadump", "mgdump"}) {
          String line = "lru_crawler " + what + " " + which;
          assertEquals("CLIENT_ERROR lru crawler disabled", client.ask(line + "\r\n"), line);
        }
      }
      assertEquals("OK", client.ask("lru_crawler enable\r\n"));
      assertEquals("OK", client.ask("lru_crawler crawl all\r\n"));
    }
  }

  @Test
  void withDumpsForbiddenNothingTellsOfKeys() throws Exception {
    var options = ServerOptions.builder().port(0).threads(1).dumpEnabled(false).build();
    try (Scrubjay server = Scrubjay.start(options);
        Client client = new Client(server)) {
      assertEquals("ERROR metadump not allowed", client.ask("lru_crawler metadump all\r\n"));
      assertEquals("ERROR key dump not allowed", client.ask("lru_crawler mgdump hash\r\n"));
      assertEquals("CLIENT_ERROR stats detail not allowed", client.ask("stats detail on\r\n"));
      assertEquals(
          "CLIENT_ERROR stats cachedump not allowed", client.ask("stats cachedump 1 1\r\n"));
      assertEquals("OK", client.ask("lru_crawler crawl all\r\n"));
    }
  }

  /// The engine of most servers' tests has no queues.
  @Test
  void anEngineWithoutQueuesAnswersAsIfAllWereOff() throws Exception {
    var options = ServerOptions.builder().port(0).threads(1).engine("model").build();
    try (Scrubjay server = Scrubjay.start(options);
        Client client = new Client(server)) {
      assertEquals("ERROR", client.ask("lru mode flat\r\n"));
      assertEquals("ERROR", client.ask("lru tune 1 1 1 1\r\n"));
      assertEquals(
          "ERROR failed to start lru crawler thread", client.ask("lru_crawler enable\r\n"));
      assertEquals("OK", client.ask("lru_crawler disable\r\n"));
      assertEquals("CLIENT_ERROR lru crawler disabled", client.ask("lru_crawler crawl all\r\n"));
      assertEquals("CLIENT_ERROR lru crawler disabled", client.ask("lru_crawler mgdump all\r\n"));
      assertEquals("END", client.ask("stats cachedump 1 0\r\n"));
    }
  }
}
