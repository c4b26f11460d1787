package io.scrubjay.server.auth;

import io.scrubjay.engine.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/// The file of `-Y`: lines of `user:password`, or `user:{database=NAME}password`, split at the
/// first colon.
///
/// Limits: [#ENTRIES_MAX] entries, what follows them is not looked at; [#LINE_BYTES_MAX] per line.
/// Threads: any; [#reload] swaps the whole at once. Source: spec 6.2.
public final class AuthFile {
  static final int ENTRIES_MAX = 8;
  static final int LINE_BYTES_MAX = 255;

  private final String path;
  private final Set<String> databases;
  private volatile Credentials credentials;

  /// Errors: `IllegalArgumentException`, with memcached's words for a file that can't be read or
  /// has a line that is no entry, with ours for a user whose database is none of `databases`.
  public AuthFile(String path, Set<String> databases) {
    this.path = path;
    this.databases = databases;
    this.credentials = read(path, this.databases);
  }

  public Credentials credentials() {
    return credentials;
  }

  /// Reads the file again. Errors: as the constructor; the old entries then stay.
  public void reload() {
    credentials = read(path, databases);
  }

  private static Credentials read(String path, Set<String> databases) {
    byte[] content;
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      content = in.readNBytes(ENTRIES_MAX * (LINE_BYTES_MAX + 1) + 1);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "Could not open authfile ["
              + path
              + "] for reading, error "
              + FileFailure.reason(unreadable),
          unreadable);
    }
    try {
      return parse(content, databases);
    } catch (Credentials.UnusableEntry unusable) {
      throw new IllegalArgumentException(
          "Authfile [" + path + "]: " + unusable.getMessage(), unusable);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "Authfile [" + path + "] has a malformed entry. Should be 'user:password'", malformed);
    }
  }

  static Credentials parse(byte[] content, Set<String> databases) {
    Credentials.Builder entries = new Credentials.Builder(databases);
    int from = 0;
    while (from < content.length && entries.size() < ENTRIES_MAX) {
      int end = indexOf(content, '\n', from, content.length);
      int next = end < 0 ? content.length : end;
      if (next - from > LINE_BYTES_MAX) {
        throw new IllegalArgumentException("a line of more than 255 bytes");
      }
      add(entries, content, from, next, end >= 0);
      from = next + 1;
    }
    return entries.build();
  }

  /// A password may be empty, then nobody has it; but not when the file ends there.
  private static void add(
      Credentials.Builder entries, byte[] content, int from, int to, boolean ended) {
    int colon = indexOf(content, ':', from, to);
    if (colon < 0 || (colon + 1 == to && !ended)) {
      throw new IllegalArgumentException("a line without a password");
    }
    int carriageReturn = indexOf(content, '\r', colon, to);
    int end = carriageReturn < 0 ? to : carriageReturn;
    entries.add(
        Arrays.copyOfRange(content, from, colon), Arrays.copyOfRange(content, colon + 1, end));
  }

  static int indexOf(byte[] bytes, char wanted, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return -1;
  }
}
