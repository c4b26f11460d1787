package io.scrubjay.server.worker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.net.Poller;
import io.scrubjay.net.ReadyHandler;
import io.scrubjay.net.StreamSocket;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.watch.WatchStream;
import io.scrubjay.server.watch.Watcher;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One client's byte stream, driven through its states by the worker that owns it.
///
/// Shape: input is read into the worker's shared buffer and served from there; only what is no
/// whole request yet is kept, in a [Block] of the connection's own. Output goes to the worker's
/// [TurnOutput]; only what the socket would not take is kept, in another block. While output is
/// stuck, or an engine has said "later", nothing more is read: a reader that doesn't drain holds
/// two blocks, a pinned value at most, and the kernel's buffers. An idle connection holds nothing.
///
/// How input is kept is the [BlockPool]'s business, and what long replies consist of is theirs. The
/// state machine itself is one file, because each of its steps decides what is read next.
///
/// Limits: requests served at a stretch (`-R`), [TurnOutput#CONNECTION_BYTES_MAX] of output,
/// [BlockPool#BLOCK_BYTES_MAX] of unfinished request, [#PIECES_PER_STRETCH_MAX] of a long reply.
/// Threads: confined to its worker.
final class StreamConnection extends Connection implements ReadyHandler {
  static final int PIECES_PER_STRETCH_MAX = 16;

  private static final int BUSY_SECONDS = 1;

  private final StreamSocket socket;
  private ConnectionState state = ConnectionState.NEW_CMD;

  private @Nullable Block input;

  /// An error that leaves once the bytes to be swallowed have come (spec T-25).
  private byte @Nullable [] heldReply;

  private @Nullable Block stuckOutput;
  private @Nullable LongReply longReply;
  private boolean longReplyEndsLine;

  private boolean queued;
  private @Nullable LongReply watched;
  private int requestsLeft;
  private boolean readAgain;
  private boolean closeWhenSent;
  private CloseReason closeReason = CloseReason.NORMAL;
  private boolean finishing;
  private boolean closed;
  private boolean spoke;

  /// This turn's range in [TurnOutput]; -1: none. TurnOutput's own.
  int outputStart = -1;

  int outputEnd;

  /// Index in the worker's list of connections. The worker's own.
  int slot;

  StreamConnection(Worker worker, StreamSocket socket, Listener listener) {
    super(worker, listener, false);
    this.socket = socket;
  }

  @Override
  public int id() {
    return socket.id();
  }

  public StreamSocket socket() {
    return socket;
  }

  public ConnectionState state() {
    return state;
  }

  private void become(ConnectionState next) {
    if (worker.log().traces() && state != next) {
      worker.log().moved(id(), state, next);
    }
    state = next;
  }

  ConnectionRow row(ConnectionState told) {
    return ConnectionRow.of(socket, told, lastCommandSecond);
  }

  @Override
  public long outputRoom() {
    return worker.output().room(this);
  }

  @Override
  public boolean ensure(int bytes) {
    return worker.output().ensure(this, bytes);
  }

  @Override
  public void hangUp() {
    worker.execute(() -> close(CloseReason.ERROR));
  }

  @Override
  public void longReply(LongReply reply, boolean endsLine) {
    longReply = reply;
    longReplyEndsLine = endsLine;
  }

  @Override
  public boolean longReplyUnderWay() {
    return longReply != null;
  }

  @Override
  public void closeWhenSent(CloseReason reason) {
    closeWhenSent = true;
    closeReason = reason;
  }

  @Override
  public boolean pipelined() {
    return requestsLeft < worker.requestsPerEvent() - 1
        || (outputStart >= 0 && out().position() > outputStart);
  }

  @Override
  public boolean watch(Set<WatchStream> streams) {
    Watcher watcher = worker.watch(streams, this::linesCame);
    watched = watcher == null ? null : new WatchedLines(watcher);
    return watcher != null;
  }

  private void linesCame() {
    if (!closed && stuckOutput == null) {
      queue();
    }
  }

  /// A stream has no ends in it.
  @Override
  public boolean responseEnds() {
    return true;
  }

  boolean closed() {
    return closed;
  }

  boolean stuck() {
    return closed || stuckOutput != null;
  }

  @Override
  public void ready(int readiness) {
    try {
      if (stuckOutput != null) {
        drain();
      } else if (!queued && state != ConnectionState.IO_PENDING && !closed) {
        read();
      }
    } catch (RuntimeException | Error mistake) {
      fail(mistake);
    }
  }

  /// A mistake of ours, or memory that could not be had, costs this connection and no other.
  void fail(Throwable mistake) {
    worker.output().end(this);
    outputStart = -1;
    close(CloseReason.ERROR);
    worker.failed(mistake);
  }

  @Override
  public void goOn() {
    queued = false;
    if (closed || stuckOutput != null) {
      return;
    }
    try {
      Block kept = input;
      if (readAgain) {
        readAgain = false;
        read();
      } else if (kept == null) {
        serve(MemorySegment.NULL, 0, 0);
      } else {
        serve(kept.segment, 0, kept.to);
      }
    } catch (RuntimeException | Error mistake) {
      fail(mistake);
    }
  }

  private void read() {
    Block kept = input;
    MemorySegment target = kept == null ? worker.input() : kept.segment;
    int have = kept == null ? 0 : kept.to;
    // A value is taken in larger gulps than lines are (spec T-01).
    int room =
        kept != null || upload != null
            ? Math.min((int) target.byteSize() - have, Worker.INPUT_BYTES)
            : BlockPool.BLOCK_BYTES;
    int count = socket.read(target, have, room);
    if (count == StreamSocket.CLOSED) {
      end();
    } else if (count == StreamSocket.WOULD_BLOCK) {
      become(ConnectionState.READ);
    } else {
      worker.counters().add(Counter.BYTES_READ, count);
      serve(target, 0, have + count);
    }
  }

  private void serve(MemorySegment bytes, long from, long to) {
    TurnOutput output = worker.output();
    worker.watchLog().client(id());
    become(ConnectionState.PARSE_CMD);
    output.begin(this);
    if (stuck()) {
      // Making room sent what this connection had written, and its socket would not take it all.
      output.end(this);
      if (!closed) {
        keep(bytes, from, to);
      }
      return;
    }
    long at = serveRequests(bytes, from, to);
    output.end(this);
    if (spoke) {
      spoke = false;
      lastCommandSecond = worker.clock().now();
    }
    if (closed) {
      return;
    }
    if (closeWhenSent) {
      at = to;
    }
    if (keep(bytes, at, to)) {
      settle();
    }
  }

  /// Serves until the input, the stretch or the room for output is used up; returns the offset of
  /// the first byte not consumed.
  private long serveRequests(MemorySegment bytes, long from, long to) {
    long at = from;
    requestsLeft = worker.requestsPerEvent();
    // One that goes on behind a large value is not another, but its list of keys may be long.
    int resumesLeft = requestsLeft;
    while (!closeWhenSent) {
      if (finishing && !midReply()) {
        closeWhenSent = true;
      } else if (longReply != null) {
        if (!sendLongReply(longReply)) {
          return at;
        }
      } else if (watched != null) {
        become(ConnectionState.WATCH);
        sendPieces(watched);
        return to;
      } else if (swallowBytes > 0) {
        if (at == to) {
          become(ConnectionState.SWALLOW);
          return at;
        }
        long skipped = Math.min(swallowBytes, to - at);
        swallowBytes -= skipped;
        at += skipped;
      } else if (!ensure(Dialect.REPLY_BYTES_MAX)) {
        return at;
      } else if (heldReply != null) {
        out().put(MemorySegment.ofArray(heldReply));
        heldReply = null;
      } else if (upload != null) {
        at = upload.take(bytes, at, to);
        if (!upload.complete()) {
          become(ConnectionState.NREAD);
          return at;
        }
        if (!finishUpload(upload)) {
          return at;
        }
      } else if (at == to) {
        become(ConnectionState.READ);
        return at;
      } else if ((resumeAt == 0 ? requestsLeft-- : resumesLeft--) == 0) {
        worker.counters().add(Counter.CONN_YIELDS);
        become(ConnectionState.NEW_CMD);
        queue();
        return at;
      } else {
        consumedTo = at;
        long replyAt = out().position();
        Step step = dialect(bytes, at).serve(this, bytes, at, to);
        at = consumedTo;
        if (swallowBytes > to - at) {
          holdReply(replyAt);
        }
        if (!goesOn(step)) {
          return at;
        }
      }
    }
    return at;
  }

  /// Takes the reply to the request just served back, until what it swallows is there.
  private void holdReply(long replyAt) {
    long bytes = out().position() - replyAt;
    if (bytes > 0) {
      heldReply = out().segment().asSlice(replyAt, bytes).toArray(JAVA_BYTE);
      out().position(replyAt);
    }
  }

  private boolean goesOn(Step step) {
    return switch (step) {
      case SERVED -> {
        spoke = true;
        resumeAt = 0;
        scannedBytes = 0;
        yield true;
      }
      case NEED_MORE -> {
        become(ConnectionState.READ);
        yield false;
      }
      case OUTPUT_FULL -> longReply != null;
      case YIELD -> {
        worker.counters().add(Counter.CONN_YIELDS);
        queue();
        yield false;
      }
      case ENGINE_PENDING -> {
        become(ConnectionState.IO_PENDING);
        worker.park(this);
        yield false;
      }
      case CHECK_PENDING -> {
        become(ConnectionState.IO_PENDING);
        yield false;
      }
      case CLOSE -> {
        closeWhenSent(CloseReason.ERROR);
        yield true;
      }
    };
  }

  private boolean finishUpload(Upload complete) {
    Step step = dialect().uploaded(this, complete);
    if (step != Step.ENGINE_PENDING) {
      giveBackUpload();
    }
    return goesOn(step);
  }

  private Dialect dialect(MemorySegment bytes, long at) {
    if (dialect == null) {
      dialect = worker.dialectFor(id(), listener, bytes, at);
    }
    return dialect;
  }

  private Dialect dialect() {
    if (dialect == null) {
      throw new AssertionError("an upload before any request");
    }
    return dialect;
  }

  /// True when the long reply is all written; false when the socket is stuck or the stretch is
  /// over.
  private boolean sendLongReply(LongReply reply) {
    if (!sendPieces(reply)) {
      return false;
    }
    if (longReplyEndsLine) {
      out().put((byte) '\r');
      out().put((byte) '\n');
    }
    longReply = null;
    reply.release();
    return true;
  }

  /// True when there are no more pieces for now, and room for a line's end; false when the socket
  /// is stuck or the stretch is over.
  private boolean sendPieces(LongReply reply) {
    for (int pieces = 0; pieces < PIECES_PER_STRETCH_MAX; pieces++) {
      if (!ensure(LongReply.PIECE_BYTES_MAX + 2)) {
        return false;
      }
      if (!reply.writeTo(out())) {
        return true;
      }
    }
    queue();
    return false;
  }

  /// Keeps `[at, to)` of `bytes` for later. False when there is more than may be kept: closed.
  private boolean keep(MemorySegment bytes, long at, long to) {
    if (upload != null) {
      upload.keepKey();
    }
    if (at == to) {
      giveBackInput();
      return true;
    }
    Block kept = worker.blocks().keep(bytes, at, (int) (to - at), input);
    if (kept == null) {
      worker.counters().add(Counter.READ_BUF_OOM);
      close(CloseReason.ERROR);
      return false;
    }
    input = kept;
    return true;
  }

  private void giveBackInput() {
    Block kept = input;
    if (kept != null) {
      input = null;
      worker.blocks().giveBack(kept);
    }
  }

  /// Watches for what the connection now waits for.
  private void settle() {
    int interest = Poller.READ;
    if (stuckOutput != null) {
      become(ConnectionState.MWRITE);
      interest = Poller.WRITE;
    } else if (state == ConnectionState.IO_PENDING) {
      interest = 0;
    }
    worker.poller().interest(socket, interest);
    if (interest == Poller.READ && !queued && socket.holdsInput()) {
      readAgain = true;
      queue();
    }
  }

  /// The client has ended its stream: what this turn has answered still goes out.
  private void end() {
    if (outputStart < 0) {
      close(CloseReason.NORMAL);
    } else {
      closeWhenSent = true;
    }
  }

  private void queue() {
    if (!queued) {
      queued = true;
      worker.again(this);
    }
  }

  @Override
  public void engineKnowsMore() {
    if (state == ConnectionState.IO_PENDING && !closed) {
      become(ConnectionState.PARSE_CMD);
      queue();
    }
  }

  /// The socket would not take these bytes. Closed when there is no memory to keep them in.
  void stick(MemorySegment bytes, long from, int count) {
    Block block = worker.blocks().take(count);
    if (block == null) {
      worker.counters().add(Counter.RESPONSE_OBJ_OOM);
      close(CloseReason.ERROR);
      return;
    }
    block.hold(bytes, from, count);
    stuckOutput = block;
    settle();
  }

  private void drain() {
    Block block = stuckOutput;
    if (block == null) {
      return;
    }
    int sent = socket.write(block.segment, block.from, block.held());
    if (sent == StreamSocket.CLOSED) {
      close(CloseReason.ERROR);
      return;
    }
    worker.counters().add(Counter.BYTES_WRITTEN, sent);
    block.from += sent;
    if (block.held() == 0) {
      stuckOutput = null;
      worker.blocks().giveBack(block);
      become(ConnectionState.PARSE_CMD);
      settle();
      sent();
      if (!closed) {
        queue();
      }
    }
  }

  /// Everything written up to now has left.
  void sent() {
    if (closeWhenSent && longReply == null && !closed) {
      leave(closeReason);
    }
  }

  /// Unix sockets are exempt, as are requests under way. Source: spec 5.6.
  void kickIfIdle(int seconds) {
    boolean resting = state == ConnectionState.NEW_CMD || state == ConnectionState.READ;
    if (resting
        && worker.clock().now() - lastCommandSecond > seconds
        && socket.localAddress() instanceof InetSocketAddress) {
      worker.counters().add(Counter.IDLE_KICKS);
      close(CloseReason.IDLE_TIMEOUT);
    }
  }

  /// Closes, though not in the middle of a reply: that is sent first.
  void finish() {
    finishing = true;
    if (stuckOutput == null && !midReply()) {
      leave(CloseReason.NORMAL);
    }
  }

  /// More of the reply to the request being served is to come.
  private boolean midReply() {
    return longReply != null || resumeAt > 0;
  }

  /// Closes at once; what the socket has not sent yet may be lost. Idempotent.
  void close(CloseReason reason) {
    if (!closed) {
      over(reason);
      worker.poller().close(socket);
      worker.closed(this);
    }
  }

  /// Closes so that what was written reaches the client.
  private void leave(CloseReason reason) {
    over(reason);
    worker.poller().forget(socket);
    worker.farewells().close(socket, reason == CloseReason.ERROR || (finishing && isBusy()));
    worker.closed(this);
  }

  /// It has sent a request lately, so the next may be on its way.
  private boolean isBusy() {
    return dialect != null && worker.clock().now() - lastCommandSecond <= BUSY_SECONDS;
  }

  /// Gives everything back but the socket.
  private void over(CloseReason reason) {
    closed = true;
    worker.events().closes(socket, reason);
    if (watched != null) {
      watched.release();
    }
    become(ConnectionState.CLOSING);
    giveBackInput();
    if (stuckOutput != null) {
      worker.blocks().giveBack(stuckOutput);
      stuckOutput = null;
    }
    if (longReply != null) {
      longReply.release();
      longReply = null;
    }
    giveBackUpload();
  }
}
