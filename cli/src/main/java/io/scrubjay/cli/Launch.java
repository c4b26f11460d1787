package io.scrubjay.cli;

import io.scrubjay.cli.process.ProcessSettings;
import io.scrubjay.server.ServerOptions;
import java.util.List;

/// What a command line asks for. Immutable.
sealed interface Launch {
  /// Exit statuses, memcached's; the larger ones are BSD's sysexits.
  int SUCCESS = 0;

  int FAILURE = 1;
  int USAGE = 64;
  int NO_USER = 67;
  int OS_ERROR = 71;

  /// Start a server.
  ///
  /// @param process what becomes of the process around it
  /// @param notices lines for stderr, printed before the server starts
  record Run(ServerOptions options, ProcessSettings process, List<String> notices)
      implements Launch {
    public Run {
      notices = List.copyOf(notices);
    }
  }

  /// Print and end.
  ///
  /// @param status the process's exit status
  /// @param out text for stdout, with its line ends
  /// @param err text for stderr, with its line ends
  record Exit(int status, String out, String err) implements Launch {}
}
