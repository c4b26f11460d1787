package io.scrubjay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Under the same options, the pages of `stats` have the names that memcached 1.6.45 prints, in its
/// order. The recorded lists are resources, one name a line.
class StatisticsNamesTest {
  /// The class number that leads a name of `stats items` and `stats slabs`.
  private static final Pattern CLASS = Pattern.compile("^(items:)?\\d+:");

  private static List<String> recorded(String list) throws IOException {
    try (InputStream text =
        StatisticsNamesTest.class.getResourceAsStream("statistics/" + list + ".txt")) {
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  private static Scrubjay start(String options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-p", "-1", "-t", "1"));
    arguments.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    Launch launch = CommandLine.parse(arguments, FakeHost.USER);
    return Scrubjay.start(assertInstanceOf(Launch.Run.class, launch).options());
  }

  /// The names of one page of a server that holds one item.
  private static List<String> printed(Scrubjay server, String page) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      String requests = "set a 0 0 1\r\nx\r\n" + page + "\r\nquit\r\n";
      socket.setSoTimeout(Await.MILLIS_MAX);
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      List<String> lines = answers.lines().toList();
      assertEquals("STORED", lines.getFirst());
      assertEquals("END", lines.getLast());
      return lines.subList(1, lines.size() - 1).stream()
          .map(line -> CLASS.matcher(line.split(" ", 3)[1]).replaceFirst(""))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stats          | ''            | general             | 93
          stats          | -o no_modern  | general-no-modern   | 74
          stats          | -I 1024 -o slab_chunk_max=1,no_lru_crawler,no_lru_maintainer \
                                         | general-no-lru      | 84
          stats settings | ''            | settings            | 77
          stats settings | -o no_modern  | settings            | 77
          stats items    | ''            | items               | 28
          stats items    | -o no_modern  | items-no-maintainer | 14
          stats slabs    | ''            | slabs               | 17
          stats slabs    | -o no_modern  | slabs               | 17
          """)
  void eachPageHasTheRecordedNames(String page, String options, String list, int count)
      throws Exception {
    List<String> expected = recorded(list);
    assertEquals(count, expected.size(), list);
    try (Scrubjay server = start(options)) {
      assertEquals(expected, printed(server, page));
    }
  }
}
