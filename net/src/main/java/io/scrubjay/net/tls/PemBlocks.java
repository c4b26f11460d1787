package io.scrubjay.net.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM file, in order; what lies between them is ignored. Source: RFC 7468, and RFC
/// 1421 for the header lines that old encrypted keys carry.
///
/// Limits: a file of [#FILE_BYTES_MAX].
final class PemBlocks {
  static final int FILE_BYTES_MAX = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*\\n(.*?)-----END \\1-----", Pattern.DOTALL);

  /// @param label as between the dashes
  /// @param encrypted by RFC 1421's header lines
  /// @param der owned by whoever reads it
  record Block(String label, boolean encrypted, Der der) {}

  private PemBlocks() {}

  /// Errors: an `IOException` that says what is wrong with the file, without its name.
  static List<Block> read(Path file) throws IOException {
    Matcher block = BLOCK.matcher(new String(bytes(file), ISO_8859_1));
    List<Block> blocks = new ArrayList<>();
    while (block.find()) {
      String body = block.group(2);
      boolean encrypted = body.contains("ENCRYPTED");
      blocks.add(new Block(block.group(1), encrypted, new Der(decoded(body, encrypted))));
    }
    return blocks;
  }

  static byte[] bytes(Path file) throws IOException {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new IOException("longer than " + FILE_BYTES_MAX + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new IOException("No such file or directory", missing);
    }
  }

  private static byte[] decoded(String body, boolean encrypted) throws IOException {
    try {
      return encrypted ? new byte[0] : Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException malformed) {
      throw new IOException("bad base64 decode", malformed);
    }
  }
}
