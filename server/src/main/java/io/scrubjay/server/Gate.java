package io.scrubjay.server;

import io.scrubjay.server.auth.AuthFile;
import io.scrubjay.server.auth.AuthThread;
import io.scrubjay.server.auth.PasswordDatabase;
import io.scrubjay.server.auth.SaslMechanisms;
import io.scrubjay.server.binary.SaslLogin;
import io.scrubjay.server.options.AuthOptions;
import io.scrubjay.server.options.Require;
import io.scrubjay.server.text.TextLogin;
import io.scrubjay.server.worker.DialectChoice;
import io.scrubjay.server.worker.ServerLog;
import io.scrubjay.server.worker.Worker;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands before the commands of every connection, whichever listener it came by: nothing, the
/// login of `-Y` in text, or that of `-S` in binary. A gate is a dialect of its own, so a command
/// that nobody thought of is refused like the others.
///
/// Threads: any.
final class Gate implements AutoCloseable {
  private final ServerLog log;
  private final @Nullable AuthFile users;
  private final @Nullable SaslMechanisms mechanisms;
  private final AuthThread checks = new AuthThread();

  private Gate(ServerLog log, @Nullable AuthFile users, @Nullable SaslMechanisms mechanisms) {
    this.log = log;
    this.users = users;
    this.mechanisms = mechanisms;
  }

  /// Errors: `IllegalArgumentException` for options that contradict each other, and with
  /// memcached's words for a file that holds no users.
  static Gate open(ServerOptions options, Set<String> databases, ServerLog log) {
    AuthOptions auth = options.auth();
    boolean guarded = auth.sasl() || auth.authFile() != null;
    int udpPort = options.listening().udpPort();
    Require.that(!guarded || udpPort == 0, "udpPort", udpPort, "0 with authFile or sasl");
    Require.that(!auth.sasl() || auth.authFile() == null, "sasl", true, "false with authFile");
    if (auth.sasl() && auth.saslPasswordFile() == null) {
      log.line("scrubjay: nobody can authenticate, MEMCACHED_SASL_PWDB names no file");
    }
    return new Gate(
        log,
        auth.authFile() == null ? null : new AuthFile(auth.authFile(), databases),
        auth.sasl() ? mechanisms(auth, databases, log) : null);
  }

  private static SaslMechanisms mechanisms(AuthOptions auth, Set<String> databases, ServerLog log) {
    return new SaslMechanisms(
        new PasswordDatabase(
            auth.saslPasswordFile(), databases, problem -> log.problem(problem, null)),
        new SecureRandom());
  }

  /// The gate, or `open` when there is none.
  DialectChoice before(Dialects open, Worker worker) {
    if (users != null) {
      return (listener, _, _) ->
          new TextLogin(worker, user -> open.text(listener, user), users, checks);
    }
    if (mechanisms != null) {
      return (listener, _, _) ->
          new SaslLogin(
              worker,
              open.binary(listener, null),
              user -> open.binary(listener, user),
              mechanisms,
              checks);
    }
    return open;
  }

  /// A file that is malformed now leaves the old users in force.
  void reload() {
    if (users != null) {
      try {
        users.reload();
      } catch (IllegalArgumentException malformed) {
        log.line(String.valueOf(malformed.getMessage()));
      }
    }
  }

  @Override
  public void close() {
    checks.close();
  }
}
