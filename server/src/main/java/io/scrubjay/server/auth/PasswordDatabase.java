package io.scrubjay.server.auth;

import io.scrubjay.engine.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The file of `MEMCACHED_SASL_PWDB`: lines of `user:password`, or `user:{database=NAME}password`,
/// with anything behind a second colon.
///
/// Read anew for each attempt. Lines that are no entry are passed over. Limits: [#FILE_BYTES_MAX];
/// what lies behind is not read. Threads: any. Source: spec 6.1.
public final class PasswordDatabase {
  static final int FILE_BYTES_MAX = 1 << 20;

  private final @Nullable String path;
  private final Set<String> databases;
  private final Consumer<String> problem;

  /// `path` null: there are no users. A user's database is one of `databases`. `problem` is told
  /// why the file could not be read.
  public PasswordDatabase(@Nullable String path, Set<String> databases, Consumer<String> problem) {
    this.path = path;
    this.databases = databases;
    this.problem = problem;
  }

  /// As the file is now; nobody when it can't be read.
  Credentials read() {
    if (path == null) {
      return Credentials.NONE;
    }
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return parse(in.readNBytes(FILE_BYTES_MAX), databases);
    } catch (IOException unreadable) {
      problem.accept(
          "cannot read password database " + path + ": " + FileFailure.reason(unreadable));
      return Credentials.NONE;
    }
  }

  static Credentials parse(byte[] content, Set<String> databases) {
    Credentials.Builder entries = new Credentials.Builder(databases);
    int from = 0;
    while (from < content.length) {
      int newline = AuthFile.indexOf(content, '\n', from, content.length);
      int to = newline < 0 ? content.length : newline;
      add(entries, content, from, to);
      from = to + 1;
    }
    return entries.build();
  }

  private static void add(Credentials.Builder entries, byte[] content, int from, int to) {
    int colon = AuthFile.indexOf(content, ':', from, to);
    if (colon < 0) {
      return;
    }
    int end = to > colon + 1 && content[to - 1] == '\r' ? to - 1 : to;
    int second = AuthFile.indexOf(content, ':', colon + 1, end);
    byte[] password = Arrays.copyOfRange(content, colon + 1, second < 0 ? end : second);
    try {
      entries.add(Arrays.copyOfRange(content, from, colon), password);
    } catch (IllegalArgumentException malformed) {
      // A hash that is none admits nobody, nor does one too many or an unknown database.
    }
  }
}
