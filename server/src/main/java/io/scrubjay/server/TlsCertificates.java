package io.scrubjay.server;

import io.scrubjay.engine.CacheClock;
import io.scrubjay.net.tls.ClientCheck;
import io.scrubjay.net.tls.TlsContext;
import io.scrubjay.net.tls.TlsSetupException;
import io.scrubjay.net.tls.TlsSources;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.options.TlsOptions;
import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.TlsSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// The certificate, key and authorities in use, read again on `refresh_certs` and when a file has
/// changed. What can't be read leaves the old ones in use. Source: spec 6.3.
///
/// Threads: any; reading is done by one at a time. [#close] ends its threads.
final class TlsCertificates implements TlsSetting, AutoCloseable {
  /// A handshake's signature takes about a millisecond of one of them.
  private static final int LONG_TASK_THREADS = 2;

  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");
  private static final int KEY_FORMAT_PEM = 1;
  private static final int KEY_FORMAT_DER = 2;

  private final TlsOptions options;
  private final TlsSources sources;
  private final ClientCheck configured;
  private final CacheClock clock;
  private final ServerLog log;
  private final ExecutorService longTasks;
  private volatile TlsContext current;
  private volatile int refreshedAt;
  private List<FileTime> seen;

  TlsCertificates(TlsOptions options, CacheClock clock, ServerLog log) throws TlsRefusedException {
    this.options = options;
    this.clock = clock;
    this.log = log;
    if (options.kernelTls()) {
      throw new TlsRefusedException("Kernel TLS offload is not available");
    }
    this.sources = sources(options);
    this.configured =
        switch (options.verifyMode()) {
          case 0 -> ClientCheck.NONE;
          case 1 -> ClientCheck.REQUESTED;
          default -> ClientCheck.REQUIRED;
        };
    this.seen = changeTimes();
    this.current = load();
    this.refreshedAt = clock.now();
    this.longTasks =
        Executors.newFixedThreadPool(
            LONG_TASK_THREADS, Thread.ofPlatform().name("scrubjay-tls-", 0).daemon().factory());
  }

  private static TlsSources sources(TlsOptions options) throws TlsRefusedException {
    String chain = options.chainCert();
    if (chain == null) {
      throw new TlsRefusedException("Error loading the certificate chain: (null) : not given");
    }
    int format = options.keyFormat();
    if (format != KEY_FORMAT_PEM && format != KEY_FORMAT_DER) {
      throw new TlsRefusedException(
          "Error loading the key: " + options.key() + " : bad ssl filetype");
    }
    return new TlsSources(
        Path.of(chain),
        path(options.key()),
        format == KEY_FORMAT_DER,
        path(options.caCert()),
        options.ciphers(),
        VERSIONS.subList(options.minVersion(), VERSIONS.size()),
        options.sessionCache());
  }

  private static @Nullable Path path(@Nullable String name) {
    return name == null ? null : Path.of(name);
  }

  private TlsContext load() throws TlsRefusedException {
    try {
      TlsContext loaded = TlsContext.load(sources);
      if (loaded.expires().isBefore(Instant.now())) {
        log.problem("the certificate in " + options.chainCert() + " has expired", null);
      }
      return loaded;
    } catch (TlsSetupException refused) {
      throw new TlsRefusedException(
          switch (refused.part()) {
            case CERTIFICATE_CHAIN ->
                "Error loading the certificate chain: " + of(options.chainCert(), refused);
            case KEY -> "Error loading the key: " + of(options.key(), refused);
            case CA_CERTIFICATE ->
                "Error loading the CA certificate: " + of(options.caCert(), refused);
            case CIPHERS -> "Error setting the provided cipher(s): " + options.ciphers();
          });
    }
  }

  private static String of(@Nullable String file, TlsSetupException refused) {
    return (file == null ? "(null)" : file) + " : " + refused.getMessage();
  }

  @Override
  public @Nullable SSLEngine engine(Listener listener) {
    return switch (listener.tls()) {
      case AS_SERVER -> current.serverEngine(configured);
      case OFF -> null;
      case UNVERIFIED -> current.serverEngine(ClientCheck.NONE);
      case VERIFIED -> current.serverEngine(ClientCheck.REQUIRED);
    };
  }

  @Override
  public Executor longTasks() {
    return longTasks;
  }

  @Override
  public int wbufBytes() {
    return options.wbufBytes();
  }

  @Override
  public boolean keepsSessions() {
    return options.sessionCache();
  }

  @Override
  public CompletableFuture<String> refreshed() {
    return CompletableFuture.supplyAsync(this::refresh, longTasks);
  }

  /// Server second of the last successful reading.
  int refreshedAt() {
    return refreshedAt;
  }

  /// Reads the files again, for connections from now on: `OK`, or what is wrong with them. Blocks.
  synchronized String refresh() {
    seen = changeTimes();
    try {
      current = load();
      refreshedAt = clock.now();
      return "OK";
    } catch (TlsRefusedException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  synchronized void refreshIfChanged() {
    if (!changeTimes().equals(seen)) {
      refreshAndTell();
    }
  }

  /// What is wrong goes to the operator.
  void refreshAndTell() {
    String outcome = refresh();
    if (!outcome.equals("OK")) {
      log.line(outcome);
    }
  }

  private List<FileTime> changeTimes() {
    return sources.files().stream().map(TlsCertificates::changeTime).toList();
  }

  private static FileTime changeTime(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException missing) {
      return FileTime.fromMillis(0);
    }
  }

  @Override
  public void close() {
    longTasks.shutdownNow();
  }
}
