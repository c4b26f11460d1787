import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs google-java-format over every Java source of the checkout, in the working directory: `java
/// Format.java FORMATTER_JAR [formatter flags]`. Exits as the formatter does.
public final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-jar");
    for (String arg : args) {
      command.add(arg);
    }
    try (var files = Files.walk(Path.of("."))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .map(Path::toString)
          .forEach(command::add);
    }
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      System.err.println(
          "The files above are not formatted; ./mvnw -N -Pformat process-sources mends them.");
    }
    System.exit(status);
  }
}
