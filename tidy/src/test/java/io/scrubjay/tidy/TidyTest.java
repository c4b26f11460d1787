package io.scrubjay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Rules on the text of the checkout. Each failure lists every place that breaks the rule.
class TidyTest {
  private static final int COLUMNS_MAX = 100;
  private static final int LINES_MAX = 600;

  /// Markers of unfinished work, put together here so that this file doesn't hold them.
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern VAGUE_TYPE =
      Pattern.compile(
          "\\b(?:class|interface|record|enum) (\\w*(?:Impl|Manager|Helper|Utils?|Base))\\b");

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.])/(?:home|Users|root|work|tmp/w)/\\w");

  private static final Pattern THREAD_NAME = Pattern.compile("\"((?:mc|scrubjay|lldb)-[a-z-]+)\"");

  /// Every line that a pattern finds, as `file:line: text`.
  private static List<String> find(Pattern pattern, List<String> files) {
    List<String> found = new ArrayList<>();
    for (String file : files) {
      int number = 0;
      for (String line : Checkout.text(file).lines().toList()) {
        number++;
        if (pattern.matcher(line).find()) {
          found.add(file + ":" + number + ": " + line.strip());
        }
      }
    }
    return found;
  }

  private static List<String> ours() {
    List<String> files =
        new ArrayList<>(Checkout.files(".java", ".md", ".xml", "scrubjay", ".ci/run"));
    return files;
  }

  private static List<String> tests() {
    return Checkout.files(".java").stream().filter(file -> file.contains("/src/test/")).toList();
  }

  private static void assertNone(List<String> found) {
    assertEquals("", String.join("\n", found));
  }

  @Test
  void theCheckoutIsSeen() {
    assertTrue(Checkout.files(".java").size() > 50, () -> "saw " + Checkout.files());
    assertTrue(tests().size() > 5, () -> "saw " + tests());
  }

  @Test
  void javaLinesEndByColumnHundred() {
    List<String> found = new ArrayList<>();
    for (String line : find(Pattern.compile("^.{" + (COLUMNS_MAX + 1) + ",}$"), javaFiles())) {
      // What a text block holds is data, and its width is its own.
      if (!line.contains(" | ")) {
        found.add(line);
      }
    }
    assertNone(found);
  }

  private static List<String> javaFiles() {
    return Checkout.files(".java");
  }

  @Test
  void noTabsAndNoTrailingBlanks() {
    assertNone(find(Pattern.compile("\\t|[ \\t]+$"), ours()));
  }

  @Test
  void nothingIsLeftForLater() {
    assertNone(find(UNFINISHED, ours()));
  }

  @Test
  void typesAreNamedAfterWhatTheyAre() {
    assertNone(find(VAGUE_TYPE, javaFiles()));
  }

  @Test
  void longFilesSayWhyTheyAreOneThing() {
    List<String> found = new ArrayList<>();
    for (String file : javaFiles()) {
      String text = Checkout.text(file);
      long lines = text.lines().count();
      if (lines > LINES_MAX && !text.contains("/// One file because")) {
        found.add(file + ": " + lines + " lines and no \"/// One file because\"");
      }
    }
    assertNone(found);
  }

  @Test
  void testsNeitherSleepNorRest() {
    List<String> others = new ArrayList<>(tests());
    others.remove("tidy/src/test/java/io/scrubjay/tidy/TidyTest.java");
    assertNone(find(Pattern.compile("Thread\\.sleep|TimeUnit\\.\\w+\\.sleep|@Disabled"), others));
  }

  @Test
  void theHouseKnowsEveryThread() {
    String house = Checkout.text("docs/house.md");
    List<String> found = new ArrayList<>();
    for (String file : javaFiles()) {
      Matcher name = THREAD_NAME.matcher(file.contains("/src/main/") ? Checkout.text(file) : "");
      while (name.find()) {
        if (!house.contains("`" + name.group(1).replaceFirst("-$", "-N") + "`")) {
          found.add(file + ": " + name.group(1));
        }
      }
    }
    assertNone(found);
  }

  @Test
  void linksInDocumentsLeadSomewhere() {
    List<String> found = new ArrayList<>();
    for (String file : Checkout.files(".md")) {
      Matcher link = LINK.matcher(Checkout.text(file));
      while (link.find()) {
        String target = link.group(1).replaceFirst("#.*", "");
        if (target.isEmpty() || target.contains("://") || target.startsWith("mailto:")) {
          continue;
        }
        Path folder = Checkout.ROOT.resolve(file).resolveSibling("");
        if (!Files.exists(folder.resolve(target))) {
          found.add(file + ": " + target);
        }
      }
    }
    assertNone(found);
  }

  @Test
  void noFileNamesAPathOfOneMachine() {
    assertNone(find(MACHINE_PATH, ours()));
  }

  @Test
  void theChangelogKeepsItsShape() {
    List<String> buckets = List.of("Breaking", "Safety", "Performance", "Features", "Internals");
    List<String> headings =
        Checkout.text("CHANGELOG.md").lines().filter(line -> line.startsWith("#")).toList();
    assertEquals("# Changelog", headings.getFirst());
    int next = 0;
    int versions = 0;
    for (String heading : headings.subList(1, headings.size())) {
      if (heading.startsWith("## ")) {
        assertTrue(
            heading.matches("## (Unreleased|\\d+\\.\\d+\\.\\d+ – \\d{4}-\\d\\d-\\d\\d)"), heading);
        versions++;
        next = 0;
      } else {
        int bucket = buckets.indexOf(heading.replaceFirst("^### ", ""));
        assertTrue(bucket >= next, () -> "unknown, repeated or out of order: " + heading);
        next = bucket + 1;
      }
    }
    assertTrue(versions > 0, "no version");
  }

  @Test
  void theReadmesFirstScreenHoldsBothCommands() {
    List<String> screen = Checkout.text("README.md").lines().limit(40).toList();
    assertTrue(screen.stream().anyMatch(line -> line.matches("\\s*(\\$ )?\\./scrubjay\\b.*")));
    assertTrue(screen.stream().anyMatch(line -> line.matches("\\s*(\\$ )?\\./mvnw verify.*")));
  }

  @Test
  void theVersionIsThePoms() {
    Matcher pom = Pattern.compile("<version>([^<]+)<").matcher(Checkout.text("pom.xml"));
    assertTrue(pom.find());
    String source = Checkout.text("cli/src/main/java/io/scrubjay/cli/Version.java");
    assertTrue(source.contains("NUMBER = \"" + pom.group(1) + "\""), pom.group(1));
  }

  /// The launcher copies the jars of these rooms, so an engine added to the command line's pom must
  /// be added to the launcher too.
  @Test
  void theLauncherKnowsTheRoomsOfTheCommandLine() {
    Matcher line = Pattern.compile("(?m)^modules='([^']*)'").matcher(Checkout.text("scrubjay"));
    assertTrue(line.find());
    List<String> rooms = List.of(line.group(1).split(" ", -1));
    for (String room : rooms) {
      Matcher dependency =
          Pattern.compile(
                  "<groupId>io.scrubjay</groupId>\\s*<artifactId>([^<]+)</artifactId>"
                      + "(?!\\s*<version>)(?!\\s*<scope>test)")
              .matcher(Checkout.text(room + "/pom.xml"));
      while (dependency.find()) {
        assertTrue(
            rooms.contains(dependency.group(1)), () -> room + " needs " + dependency.group(1));
      }
    }
  }
}
