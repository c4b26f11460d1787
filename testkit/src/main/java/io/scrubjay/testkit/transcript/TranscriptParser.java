package io.scrubjay.testkit.transcript;

import java.util.ArrayList;
import java.util.List;

/// Reads `*.mct` files.
///
/// | line | meaning |
/// |---|---|
/// | `> text` | send the text and CRLF |
/// | `>> text` | send the text, escapes read (`\r \n \t \0 \\ \xNN`), nothing appended |
/// | `< text` | exactly this text and CRLF comes back |
/// | `<< text` | exactly these bytes come back, escapes read |
/// | `<~ text` | a line comes back that fits, with the holes of [Template] |
/// | `<...` | lines pass by until one fits the next expectation |
/// | `! close` | the server closes, having sent nothing more |
/// | `! silent` | the server has read what was sent and answered nothing |
/// | `! vanish` | the client closes |
/// | `@ client 2` | what follows is said on another connection |
/// | `@ barrier` | the server has read what was sent before more is sent |
/// | `@ advance 5` | the server's clock moves by seconds |
/// | `@ options -I 1k` | server flags; such a transcript gets a server of its own |
/// | `@ binary` | the connections speak the binary protocol |
/// | `@ fresh` | a server that has done nothing yet |
/// | `@ memcached differs: why` | Debian's 1.6.18 answers otherwise |
/// | `# text`, empty | nothing |
///
/// At the end of a transcript no connection has bytes left to read. Errors:
/// `IllegalArgumentException` naming file and line.
public final class TranscriptParser {
  private static final String DIFFERS = "memcached differs:";

  private final List<Step> steps = new ArrayList<>();
  private List<String> serverFlags = List.of();
  private boolean freshServer;
  private boolean binary;
  private String differences = "";
  private int client = 1;

  private TranscriptParser() {}

  public static Transcript parse(String name, List<String> lines) {
    var parser = new TranscriptParser();
    for (int index = 0; index < lines.size(); index++) {
      try {
        parser.line(index + 1, lines.get(index));
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(name + ".mct:" + (index + 1) + ": " + e.getMessage(), e);
      }
    }
    if (parser.steps.isEmpty()) {
      throw new IllegalArgumentException(name + ".mct: no steps");
    }
    return new Transcript(
        name,
        parser.serverFlags,
        parser.freshServer,
        parser.binary,
        parser.differences,
        parser.steps);
  }

  private void line(int line, String text) {
    if (text.isBlank() || text.startsWith("#")) {
      return;
    }
    int space = text.indexOf(' ');
    String mark = space < 0 ? text : text.substring(0, space);
    String rest = space < 0 ? "" : text.substring(space + 1);
    switch (mark) {
      case ">" -> steps.add(new Step.Send(line, client, Template.parse(rest, false, "\r\n")));
      case ">>" -> steps.add(new Step.Send(line, client, Template.parse(rest, true, "")));
      case "<" -> expect(line, Template.parse(rest, false, "\r\n"), false);
      case "<<" -> expect(line, Template.parse(rest, true, ""), false);
      case "<~" -> expect(line, Template.parse(rest, false, "\r\n"), true);
      case "<..." -> steps.add(new Step.SkipLines(line, client));
      case "!" -> event(line, rest);
      case "@" -> directive(line, rest);
      default -> throw new IllegalArgumentException("can't read: " + text);
    }
  }

  private void expect(int line, Template bytes, boolean wholeLine) {
    boolean skipped = !steps.isEmpty() && steps.getLast() instanceof Step.SkipLines;
    steps.add(new Step.Expect(line, client, bytes, wholeLine || skipped));
  }

  private void event(int line, String rest) {
    switch (rest) {
      case "close" -> steps.add(new Step.ExpectClose(line, client));
      case "silent" -> steps.add(new Step.Silence(line, client));
      case "vanish" -> steps.add(new Step.Vanish(line, client));
      default -> throw new IllegalArgumentException("no such event: " + rest);
    }
  }

  private void directive(int line, String rest) {
    if (rest.startsWith(DIFFERS)) {
      differences = rest.substring(DIFFERS.length()).strip();
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("a difference needs its reason");
      }
      return;
    }
    String[] words = rest.split(" +");
    switch (words[0]) {
      case "client" -> client = Integer.parseInt(words[1]);
      case "barrier" -> steps.add(new Step.Barrier(line, client));
      case "advance" -> steps.add(new Step.Advance(line, client, Integer.parseInt(words[1])));
      case "options" -> serverFlags = List.of(words).subList(1, words.length);
      case "fresh" -> freshServer = true;
      case "binary" -> binary = true;
      default -> throw new IllegalArgumentException("no such directive: " + rest);
    }
  }
}
