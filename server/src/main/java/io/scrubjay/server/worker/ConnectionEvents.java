package io.scrubjay.server.worker;

import io.scrubjay.net.StreamSocket;
import io.scrubjay.server.options.BindingProtocol;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.watch.WatchLog;
import io.scrubjay.server.watch.WatchStream;

/// Tells of connections that come and go: the operator with `-vv`, and whoever watches `connevents`
/// (spec 2.7). Threads: the worker's.
final class ConnectionEvents {
  private final ServerLog log;
  private final WatchLog watchLog;

  ConnectionEvents(ServerLog log, WatchLog watchLog) {
    this.log = log;
    this.watchLog = watchLog;
  }

  void opened(StreamSocket socket, BindingProtocol protocol) {
    if (log.echoes()) {
      log.connectionOpened(socket.id(), protocol);
    }
    if (watchLog.wants(WatchStream.CONNEVENTS)) {
      watchLog.connectionOpened(socket.remoteAddress(), socket.id());
    }
  }

  /// Before the socket is closed. A connection that broke did not end as `reason` says.
  void closes(StreamSocket socket, CloseReason reason) {
    if (log.echoes()) {
      log.connectionClosed(socket.id());
    }
    if (watchLog.wants(WatchStream.CONNEVENTS)) {
      String failure = socket.failure();
      if (failure != null) {
        boolean insideTls = socket.polled().failure() == null;
        watchLog.connectionBroke(insideTls ? "conntlserr" : "connerr", socket.id(), failure);
      }
      watchLog.connectionClosed(
          socket.remoteAddress(), failure == null ? reason : CloseReason.ERROR, socket.id());
    }
  }
}
