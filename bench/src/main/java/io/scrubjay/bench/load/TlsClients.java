package io.scrubjay.bench.load;

import io.scrubjay.net.EventLoop;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.net.tls.TlsEvents;
import io.scrubjay.net.tls.TlsLoop;
import java.lang.foreign.Arena;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// Makes a load thread's connections speak TLS. Threads: the loop's. Errors: a handshake that fails
/// ends the run as a connection that the server closed.
final class TlsClients implements TlsEvents {
  private static final int GATHERED_BYTES = 16 << 10;

  private final SSLContext context;
  private final TlsLoop loop;

  /// What a handshake computes runs on the loop: nothing is measured meanwhile.
  TlsClients(SSLContext context, EventLoop loop, Arena arena) {
    this.context = context;
    this.loop = new TlsLoop(loop, arena, Runnable::run, GATHERED_BYTES, true, this);
  }

  StreamSocket inside(StreamSocket socket) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    return loop.inside(socket, engine);
  }

  @Override
  public void established(boolean resumed) {}

  @Override
  public void handshakeFailed(String reason) {}

  @Override
  public void protocolFailed(String reason) {}
}
