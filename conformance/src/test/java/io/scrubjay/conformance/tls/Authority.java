package io.scrubjay.conformance.tls;

import io.scrubjay.conformance.tool.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A certificate authority in a folder of its own: its certificate is `ca.pem`, everything is made
/// by the openssl tool when asked for.
final class Authority {
  /// An algorithm whose keys are soon made.
  static final String CURVE = "ec -pkeyopt ec_paramgen_curve:prime256v1";

  private static final int SECONDS_MAX = 60;

  private final Path folder;

  Authority(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    openssl(
        "req -x509 -newkey " + CURVE + " -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem");
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /// Makes `name.pem` and `name.key` (PKCS#8) for localhost, signed by the authority. `algorithm`
  /// is as openssl's `-newkey` has it.
  Authority certificate(String name, String algorithm) throws IOException, InterruptedException {
    return certificate(name, algorithm, "-days 2");
  }

  /// `validity` is as `openssl x509` has it.
  Authority certificate(String name, String algorithm, String validity)
      throws IOException, InterruptedException {
    openssl(
        "req -newkey %s -nodes -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
                .formatted(algorithm)
            + " -keyout %1$s.key -out %1$s.csr".formatted(name));
    openssl(
        "x509 -req -in %1$s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -copy_extensions copy"
                .formatted(name)
            + " -out %s.pem %s".formatted(name, validity));
    return this;
  }

  /// Runs the tool in the folder, its words separated by blanks.
  void openssl(String words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.split(" ", -1)));
    Path output = folder.resolve("openssl.log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException notStarted) {
      throw Tools.missing("openssl can't be run: " + notStarted.getMessage());
    }
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(command + " failed: " + Files.readString(output));
    }
  }
}
