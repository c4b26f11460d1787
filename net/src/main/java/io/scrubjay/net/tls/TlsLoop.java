package io.scrubjay.net.tls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.net.EventLoop;
import io.scrubjay.net.Poller;
import io.scrubjay.net.StreamSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;

/// What the TLS connections of one event loop share: room for the bytes of the call under way, and
/// the threads for what takes long.
///
/// The JDK's ciphers are fastest between arrays, and the system wants native memory: so bytes are
/// copied once on their way. Threads: confined to the loop.
public final class TlsLoop {
  /// A record's header and the most that may follow it; the JDK asks for 16 709 bytes at most.
  static final int PACKET_BYTES_MAX = 17 << 10;

  static final int FRAGMENT_BYTES_MAX = 16 << 10;
  static final int GATHERED_BYTES_MAX = 1 << 20;
  private static final int INPUT_BYTES = 2 * PACKET_BYTES_MAX;

  final ByteBuffer cipherIn = ByteBuffer.allocate(INPUT_BYTES);
  final ByteBuffer plainIn = ByteBuffer.allocate(INPUT_BYTES);
  final ByteBuffer plainOut;
  final ByteBuffer cipherOut;
  final TlsEvents events;
  final boolean keepsSessions;

  private final EventLoop loop;
  private final Executor longTasks;
  private final MemorySegment received;
  private final MemorySegment sending;

  /// @param arena lives as long as the loop's connections
  /// @param longTasks runs what a handshake must not hold the loop up with
  /// @param gatheredBytes so much is encrypted before it is sent, in records as large as fit; at
  ///   least a record and at most [#GATHERED_BYTES_MAX]
  /// @param keepsSessions others may resume them from this side's memory; tickets are another
  ///   matter
  public TlsLoop(
      EventLoop loop,
      Arena arena,
      Executor longTasks,
      int gatheredBytes,
      boolean keepsSessions,
      TlsEvents events) {
    this.loop = loop;
    this.longTasks = longTasks;
    this.keepsSessions = keepsSessions;
    this.events = events;
    int bytes = Math.clamp(gatheredBytes, FRAGMENT_BYTES_MAX, GATHERED_BYTES_MAX);
    int records = bytes / FRAGMENT_BYTES_MAX + 2;
    this.plainOut = ByteBuffer.allocate(bytes);
    this.cipherOut = ByteBuffer.allocate(records * PACKET_BYTES_MAX);
    this.received = arena.allocate(INPUT_BYTES);
    this.sending = arena.allocate(cipherOut.capacity());
  }

  /// `socket` as the bytes inside its TLS; from now on the owner of `socket`. To be watched by this
  /// loop's poller before it is read.
  public StreamSocket inside(StreamSocket socket, SSLEngine engine) {
    return new TlsStreamSocket(this, socket, engine);
  }

  Poller poller() {
    return loop.poller();
  }

  /// Runs `task` elsewhere and then `done` on the loop, unless it has stopped.
  void elsewhere(Runnable task, Runnable done) {
    longTasks.execute(
        () -> {
          try {
            task.run();
          } finally {
            loop.execute(done);
          }
        });
  }

  /// Appends what `socket` gives to [#cipherIn]; the socket's answer.
  int receive(StreamSocket socket) {
    int count = socket.read(received, 0, cipherIn.remaining());
    if (count > 0) {
      MemorySegment.copy(received, JAVA_BYTE, 0, cipherIn.array(), cipherIn.position(), count);
      cipherIn.position(cipherIn.position() + count);
    }
    return count;
  }

  /// Sends what remains of `bytes`, no more than [#cipherOut] holds; the socket's answer.
  int send(StreamSocket socket, ByteBuffer bytes) {
    int count = bytes.remaining();
    int from = bytes.arrayOffset() + bytes.position();
    MemorySegment.copy(bytes.array(), from, sending, JAVA_BYTE, 0, count);
    return socket.write(sending, 0, count);
  }
}
