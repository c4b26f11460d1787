package io.scrubjay.server.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The file of `-Y`: lines of `user:password`, split at the first colon.
///
/// Limits: [#ENTRIES_MAX] entries, what follows them is not looked at; [#LINE_BYTES_MAX] per line.
/// Threads: any; [#reload] swaps the whole at once. Source: spec 6.2.
public final class AuthFile {
  static final int ENTRIES_MAX = 8;
  static final int LINE_BYTES_MAX = 255;

  private final String path;
  private volatile Credentials credentials;

  /// Errors: `IllegalArgumentException` with memcached's words for a file that can't be read or has
  /// a line that is no entry.
  public AuthFile(String path) {
    this.path = path;
    this.credentials = read(path);
  }

  public Credentials credentials() {
    return credentials;
  }

  /// Reads the file again. Errors: as the constructor; the old entries then stay.
  public void reload() {
    credentials = read(path);
  }

  private static Credentials read(String path) {
    byte[] content;
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      content = in.readNBytes(ENTRIES_MAX * (LINE_BYTES_MAX + 1) + 1);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "Could not open authfile [" + path + "] for reading, error " + reason(unreadable),
          unreadable);
    }
    try {
      return parse(content);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "Authfile [" + path + "] has a malformed entry. Should be 'user:password'", malformed);
    }
  }

  private static String reason(IOException failed) {
    return failed instanceof NoSuchFileException
        ? "No such file or directory"
        : String.valueOf(failed.getMessage());
  }

  static Credentials parse(byte[] content) {
    List<Credentials.Entry> entries = new ArrayList<>();
    int from = 0;
    while (from < content.length && entries.size() < ENTRIES_MAX) {
      int end = indexOf(content, '\n', from, content.length);
      int next = end < 0 ? content.length : end;
      if (next - from > LINE_BYTES_MAX) {
        throw new IllegalArgumentException("a line of more than 255 bytes");
      }
      entries.add(entry(content, from, next, end >= 0));
      from = next + 1;
    }
    return new Credentials(entries);
  }

  /// A password may be empty, then nobody has it; but not when the file ends there.
  private static Credentials.Entry entry(byte[] content, int from, int to, boolean ended) {
    int colon = indexOf(content, ':', from, to);
    if (colon < 0 || (colon + 1 == to && !ended)) {
      throw new IllegalArgumentException("a line without a password");
    }
    int carriageReturn = indexOf(content, '\r', colon, to);
    int end = carriageReturn < 0 ? to : carriageReturn;
    return new Credentials.Entry(
        Arrays.copyOfRange(content, from, colon),
        Password.parse(Arrays.copyOfRange(content, colon + 1, end)));
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
