package io.scrubjay.server.worker;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.watch.CloseReason;
import io.scrubjay.server.watch.WatchStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Whom a [Dialect] answers: a client's byte stream, or the datagrams of a UDP socket.
///
/// What a request leaves half done is kept here between the steps of serving it. Threads: confined
/// to its worker.
public abstract class Connection {
  /// Replies travel apart from each other, and [#responseEnds] is to be told where one ends.
  public final boolean cutsResponses;

  protected final Worker worker;

  /// Null before the first byte has come.
  protected @Nullable Dialect dialect;

  /// Where the client came in.
  protected final Listener listener;

  /// Where a request that had to stop half way (a multiget whose output filled up) goes on,
  /// relative to its first byte; 0 when it is to begin. The dialect's.
  public int resumeAt;

  /// How much of the unfinished request a decoder has searched for its end; the dialect's.
  public int scannedBytes;

  /// The request that comes next was told to an operator who watches when it was shown before.
  private boolean told;

  /// What [Worker#awaited] waits for on behalf of this connection's request.
  @Nullable CompletableFuture<?> awaited;

  /// Server second in which it last sent a whole request, or else began.
  protected int lastCommandSecond;

  /// Where the first byte of the input lies that no request has used.
  protected long consumedTo;

  /// Bytes of input still to be dropped.
  protected long swallowBytes;

  /// Where input goes until it is complete; null: to the dialect.
  protected @Nullable Upload upload;

  protected Connection(Worker worker, Listener listener, boolean cutsResponses) {
    this.worker = worker;
    this.listener = listener;
    this.cutsResponses = cutsResponses;
    this.lastCommandSecond = worker.clock().now();
  }

  /// From the next request on.
  public final void speaks(Dialect next) {
    dialect = next;
  }

  /// The socket's number.
  public abstract int id();

  public final ByteOutput out() {
    return worker.out();
  }

  /// Bytes of reply that may be written now without [#ensure].
  public abstract long outputRoom();

  /// Makes room for `bytes` of reply, sending what is there if need be. False: the socket is stuck;
  /// return [Step#OUTPUT_FULL].
  public abstract boolean ensure(int bytes);

  /// What is written from here on is another response, though of the same request; nothing before
  /// this can be taken back any more. False: there is no room for it now; return
  /// [Step#OUTPUT_FULL], and don't tell of this end again. Where [#cutsResponses] only.
  public abstract boolean responseEnds();

  /// The request that was shown is served up to here.
  public final void consumedTo(long offset) {
    consumedTo = offset;
  }

  /// The request that begins at `from` came to `step`.
  public final Step came(Step step, long from) {
    told = step.showsAgain();
    if (told) {
      consumedTo(from);
    }
    return step;
  }

  /// An operator who watches (`-vv`) knows the request that is shown: it is shown once more.
  public final boolean told() {
    return told;
  }

  /// Drops the next `bytes` bytes of input, now or as they arrive.
  public final void swallow(long bytes) {
    swallowBytes = bytes;
  }

  /// From here on input goes to `started` until it is complete.
  public final void upload(Upload started) {
    upload = started;
  }

  /// The client wants no reply: an operator who watches (`-vv`) is told what it would have been.
  public final void withhold(String line) {
    if (worker.log().echoes()) {
      worker.log().withheld(id(), line.strip());
    }
  }

  /// The same of a number, unsigned.
  public final void withhold(long number) {
    if (worker.log().echoes()) {
      worker.log().withheld(id(), Long.toUnsignedString(number));
    }
  }

  /// Closes soon. From any thread.
  public abstract void hangUp();

  /// Sends `reply` behind what is written; with CR LF after it when `endsLine`.
  public abstract void longReply(LongReply reply, boolean endsLine);

  /// The reply given last is not sent yet: return [Step#OUTPUT_FULL].
  public abstract boolean longReplyUnderWay();

  /// Closes once everything written so far has left; further input is ignored.
  public abstract void closeWhenSent(CloseReason reason);

  /// Another request came before this one in the same stretch, or the reply to one has not left
  /// yet.
  public abstract boolean pipelined();

  /// From here on the client is sent lines of `streams`, until it leaves; what it sends is dropped.
  /// False: nothing has changed, as many watch as may.
  public abstract boolean watch(Set<WatchStream> streams);

  /// Its turn has come again: requests were left when the stretch was used up, the output has
  /// drained, or the engine may know more. Called by the worker for whoever asked [Worker#again].
  public abstract void goOn();

  /// The engine may know more now, or a check is done. Called by the worker for whoever asked
  /// [Worker#park], or returned [Step#CHECK_PENDING].
  public abstract void engineKnowsMore();

  /// The upload has ended, or will never.
  protected final void giveBackUpload() {
    Upload given = upload;
    upload = null;
    if (given != null) {
      given.giveBack();
    }
  }
}
