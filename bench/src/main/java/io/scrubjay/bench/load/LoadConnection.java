package io.scrubjay.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrubjay.net.Poller;
import io.scrubjay.net.ReadyHandler;
import io.scrubjay.net.StreamSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One connection of a load: plays the tape batch by batch.
///
/// Threads: confined to its loop. Errors: an unexpected answer, or the server closing, is told to
/// the loop's [LoadThread], which ends the run.
final class LoadConnection implements ReadyHandler {
  private static final int INPUT_BYTES_MIN = 64 * 1024;
  private static final int SHOWN_BYTES_MAX = 160;

  private final LoadThread thread;
  private final RequestTape tape;
  private final StreamSocket socket;
  private final AnswerReader answers;
  private final MemorySegment input;
  private final int inputBytes;

  private int batch;
  private boolean connected;
  private long sendAt;
  private long sendEnd;
  private long sentNanos;
  private int pendingFrom;
  private int pendingTo;

  LoadConnection(
      LoadThread thread,
      Workload workload,
      RequestTape tape,
      StreamSocket socket,
      int firstBatch,
      Arena arena) {
    this.thread = thread;
    this.tape = tape;
    this.socket = socket;
    this.answers = new AnswerReader(workload, tape);
    this.inputBytes = Math.max(INPUT_BYTES_MIN, 2 * answers.answerBytesMax());
    this.input = arena.allocate(inputBytes);
    this.batch = firstBatch;
  }

  StreamSocket socket() {
    return socket;
  }

  long misses() {
    return answers.misses();
  }

  @Override
  public void ready(int readiness) {
    if (!connected) {
      connected = true;
      sendBatch();
    } else if (sendAt < sendEnd && (readiness & Poller.WRITE) != 0) {
      write();
    }
    if ((readiness & Poller.READ) != 0) {
      do {
        read();
      } while (socket.holdsInput() && thread.failure() == null);
    }
  }

  private void sendBatch() {
    answers.expectBatch(batch);
    sendAt = tape.startOf(batch);
    sendEnd = tape.startOf(batch + 1);
    batch = batch + 1 == tape.batches() ? 0 : batch + 1;
    sentNanos = System.nanoTime();
    write();
  }

  private void write() {
    int written = socket.write(tape.bytes(), sendAt, (int) (sendEnd - sendAt));
    if (written == StreamSocket.CLOSED) {
      thread.failed("the connection could not be made, or the server closed it");
      return;
    }
    sendAt += written;
    thread.poller().interest(socket, sendAt == sendEnd ? Poller.READ : Poller.READ | Poller.WRITE);
  }

  private void read() {
    int got = socket.read(input, pendingTo, inputBytes - pendingTo);
    if (got == StreamSocket.CLOSED) {
      thread.failed("the server closed the connection");
      return;
    }
    pendingTo += got;
    int checked = answers.check(input, pendingFrom, pendingTo);
    if (checked == AnswerReader.WRONG) {
      thread.failed("unexpected answer, not " + answers.expected() + ": " + shown());
      return;
    }
    pendingFrom = checked;
    if (answers.answered() > 0) {
      thread.answered(answers.answered(), System.nanoTime() - sentNanos);
    }
    if (answers.batchComplete()) {
      pendingFrom = 0;
      pendingTo = 0;
      sendBatch();
    } else if (pendingFrom == pendingTo) {
      pendingFrom = 0;
      pendingTo = 0;
    } else if (inputBytes - pendingFrom < answers.answerBytesMax() || pendingTo == inputBytes) {
      MemorySegment.copy(input, pendingFrom, input, 0, pendingTo - pendingFrom);
      pendingTo -= pendingFrom;
      pendingFrom = 0;
    }
  }

  /// The bytes where the wrong answer begins, printable.
  private String shown() {
    int from = (int) answers.wrongAt();
    byte[] bytes =
        input
            .asSlice(from, Math.min(SHOWN_BYTES_MAX, pendingTo - from))
            .toArray(ValueLayout.JAVA_BYTE);
    return '"'
        + new String(bytes, ISO_8859_1).replace("\r", "\\r").replace("\n", "\\n")
        + "\" ("
        + (pendingTo - from)
        + " bytes)";
  }
}
