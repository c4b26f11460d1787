package io.scrubjay.server.udp;

import io.scrubjay.net.DatagramSocket;
import io.scrubjay.net.Poller;
import io.scrubjay.net.ReadyHandler;
import io.scrubjay.protocol.udp.UdpFrame;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.watch.WatchStream;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.ConnectionRow;
import io.scrubjay.server.worker.ConnectionState;
import io.scrubjay.server.worker.Dialect;
import io.scrubjay.server.worker.Endpoint;
import io.scrubjay.server.worker.LongReply;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;
import io.scrubjay.server.worker.Worker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// Serves one UDP socket: every datagram is a client of its own, whose requests must all be in it.
///
/// One worker serves a socket: datagrams wake nobody in vain, and a client's requests keep their
/// order. What a datagram leaves half done (a line, an upload, a value to swallow) is dropped with
/// it, and so is what that request would have answered. While responses are stuck in the socket, or
/// the engine has said "later", the next datagram waits in the kernel. Source: spec 5.3.
///
/// Limits: a stretch serves `-R` requests and [#SENDS_PER_STRETCH_MAX] times what [Responses]
/// holds, then other sockets have their turn. Threads: confined to its worker. Owner of its socket.
public final class DatagramEndpoint extends Connection implements ReadyHandler, Endpoint {
  /// More than the longest datagram there is.
  private static final int INPUT_BYTES = 64 << 10;

  static final int SENDS_PER_STRETCH_MAX = 16;

  private final DatagramSocket socket;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment input = arena.allocate(INPUT_BYTES);
  private final Responses responses;

  private int requestId;
  private long to;
  private long mark;
  private boolean ends;
  private boolean answered;
  private boolean stuck;
  private boolean waiting;
  private boolean closed;
  private int requestsLeft;
  private int sendsLeft;

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private DatagramEndpoint(Worker worker, DatagramSocket socket, Listener listener) {
    super(worker, listener, true);
    this.socket = socket;
    this.responses = new Responses(worker.counters());
  }

  public static Endpoint open(Worker worker, DatagramSocket socket, Listener listener)
      throws IOException {
    DatagramEndpoint endpoint = new DatagramEndpoint(worker, socket, listener);
    try {
      worker.poller().watch(socket, Poller.READ, endpoint);
      return endpoint;
    } catch (IOException refused) {
      endpoint.close();
      throw refused;
    }
  }

  @Override
  public ConnectionRow row() {
    ConnectionState state = ConnectionState.READ;
    return new ConnectionRow(
        id(), "udp", socket.localAddress(), null, state.wireName(), lastCommandSecond);
  }

  @Override
  public int id() {
    return socket.id();
  }

  @Override
  public long outputRoom() {
    return mayWrite() ? out().room() : 0;
  }

  @Override
  public boolean ensure(int bytes) {
    takeWritten();
    if (!mayWrite()) {
      return false;
    }
    worker.makeRoom(bytes);
    mark = out().position();
    return true;
  }

  @Override
  public boolean responseEnds() {
    takeWritten();
    endResponse();
    return mayWrite();
  }

  /// A datagram socket stays.
  @Override
  public void hangUp() {}

  /// Taken at once: how many datagrams a response makes must be known before the first one leaves.
  @Override
  public void longReply(LongReply reply, boolean endsLine) {
    boolean more = true;
    while (more) {
      takeWritten();
      worker.makeRoom(LongReply.PIECE_BYTES_MAX);
      mark = out().position();
      more = reply.writeTo(out());
    }
    takeWritten();
    reply.release();
    if (endsLine) {
      out().put((byte) '\r');
      out().put((byte) '\n');
      takeWritten();
    }
  }

  @Override
  public boolean longReplyUnderWay() {
    return false;
  }

  /// A datagram socket stays; the rest of this datagram is dropped.
  @Override
  public void closeWhenSent(CloseReason reason) {
    ends = true;
  }

  @Override
  public boolean pipelined() {
    return answered;
  }

  /// Nobody could tell when such a client has left.
  @Override
  public boolean watch(Set<WatchStream> streams) {
    return false;
  }

  @Override
  public void ready(int readiness) {
    if (stuck) {
      goOn();
    } else if (!waiting) {
      receive();
    }
  }

  @Override
  public void engineKnowsMore() {
    if (waiting) {
      worker.again(this);
    }
  }

  @Override
  public void goOn() {
    waiting = false;
    if (!closed) {
      serve();
    }
  }

  private void receive() {
    int bytes = socket.receive(input, 0, INPUT_BYTES);
    if (bytes > UdpFrame.HEADER_BYTES) {
      worker.counters().add(Counter.BYTES_READ, bytes);
    }
    if (bytes <= 0 || !UdpFrame.accepts(input, 0, bytes)) {
      return;
    }
    requestId = UdpFrame.requestId(input, 0);
    consumedTo = UdpFrame.HEADER_BYTES;
    to = bytes;
    dialect = worker.dialectFor(listener, input, consumedTo);
    resumeAt = 0;
    scannedBytes = 0;
    ends = false;
    answered = false;
    serve();
  }

  /// Serves until the datagram or the stretch is used up, the socket is stuck or the engine wants
  /// time; then watches for what comes next.
  private void serve() {
    Dialect speaking = dialect;
    if (speaking == null) {
      throw new AssertionError("nothing was received");
    }
    worker.watchLog().client(id());
    requestsLeft = worker.requestsPerEvent();
    sendsLeft = SENDS_PER_STRETCH_MAX;
    mark = out().position();
    boolean done = serveRequests(speaking);
    takeWritten();
    if (done) {
      responses.drop();
      done = send();
    }
    if (!done && !stuck && !waiting) {
      waiting = true;
      worker.again(this);
    }
    worker.poller().interest(socket, stuck ? Poller.WRITE : waiting ? 0 : Poller.READ);
  }

  /// True when nothing of the datagram is left to serve.
  private boolean serveRequests(Dialect speaking) {
    while (!ends && (consumedTo < to || upload != null)) {
      if (requestsLeft == 0) {
        worker.counters().add(Counter.CONN_YIELDS);
        return false;
      }
      if (!ensure(Dialect.REPLY_BYTES_MAX)) {
        return false;
      }
      requestsLeft--;
      long from = consumedTo;
      Step step =
          upload == null ? speaking.serve(this, input, consumedTo, to) : finish(speaking, upload);
      switch (step) {
        case SERVED -> served(speaking);
        case NEED_MORE -> ends = true;
        case OUTPUT_FULL -> {
          return false;
        }
        case YIELD -> {
          worker.counters().add(Counter.CONN_YIELDS);
          return false;
        }
        case ENGINE_PENDING -> {
          waiting = true;
          worker.park(this);
          return false;
        }
        case CHECK_PENDING -> throw new AssertionError("nobody authenticates by datagrams");
        case CLOSE -> {
          ends = true;
          endRequest(speaking.silenceIsAResponse() && consumedTo > from);
        }
      }
    }
    return true;
  }

  /// An upload whose value is not all in the datagram ends it.
  private Step finish(Dialect speaking, Upload started) {
    consumedTo = started.take(input, consumedTo, to);
    if (!started.complete()) {
      giveBackUpload();
      return Step.NEED_MORE;
    }
    Step step = speaking.uploaded(this, started);
    if (step != Step.ENGINE_PENDING) {
      giveBackUpload();
    }
    return step;
  }

  private void served(Dialect speaking) {
    lastCommandSecond = worker.clock().now();
    resumeAt = 0;
    scannedBytes = 0;
    if (upload != null) {
      return;
    }
    long swallowed = Math.min(swallowBytes, to - consumedTo);
    consumedTo += swallowed;
    if (swallowed < swallowBytes) {
      // The request is not over, so it is not answered.
      out().position(mark);
      ends = true;
    } else {
      endRequest(ends || speaking.silenceIsAResponse());
    }
    swallowBytes = 0;
  }

  /// `speaks`: it makes a response even when nothing was written.
  private void endRequest(boolean speaks) {
    takeWritten();
    if (speaks || responses.unfinished()) {
      endResponse();
    }
  }

  /// An empty response is a datagram when it is the first; behind others it is none (and memcached
  /// then sometimes loses what follows).
  private void endResponse() {
    if (answered && !responses.unfinished()) {
      return;
    }
    answered = true;
    responses.end();
    if (responses.full()) {
      sendsLeft--;
      send();
    }
  }

  /// False when the socket has no room for all of it.
  private boolean send() {
    if (!responses.isEmpty()) {
      worker.commitTurn();
      stuck = !responses.send(socket, requestId);
    } else {
      stuck = false;
    }
    return !stuck;
  }

  /// More may be answered in this stretch; a socket that was stuck is tried again.
  private boolean mayWrite() {
    return sendsLeft > 0 && (!stuck || send());
  }

  /// Moves what was written since [#mark] to the responses.
  private void takeWritten() {
    if (out().position() > mark) {
      responses.take(out().segment(), mark, out().position());
      out().position(mark);
    }
  }

  @Override
  public void close() {
    closed = true;
    worker.poller().forget(socket);
    socket.close();
    giveBackUpload();
    responses.close();
    arena.close();
  }
}
