package io.scrubjay.server.worker;

import io.scrubjay.server.options.Listener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// TLS as workers use it. Threads: any.
public interface TlsSetting {

  /// For one connection of a client, with the certificate of this moment. Null: none there.
  @Nullable SSLEngine engine(Listener listener);

  /// Runs the parts of handshakes that take long.
  Executor longTasks();

  /// `ssl_wbuf_size`.
  int wbufBytes();

  /// `ssl_session_cache`.
  boolean keepsSessions();

  /// Reads the files again: the line that answers `refresh_certs`.
  CompletableFuture<String> refreshed();
}
