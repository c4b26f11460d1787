package io.scrubjay.engine.lldb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/// The disk, or what lies on it, failed us. Costs the connection that met it; nothing it asked for
/// has been acknowledged.
final class StoreFailure extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  StoreFailure(Path dataDir, String what, RocksDBException cause) {
    super("data_dir " + dataDir + ": " + what + ": " + cause.getMessage(), new IOException(cause));
  }
}
