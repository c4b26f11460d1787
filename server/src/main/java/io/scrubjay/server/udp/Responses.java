package io.scrubjay.server.udp;

import io.scrubjay.memory.ByteOutput;
import io.scrubjay.net.DatagramSocket;
import io.scrubjay.protocol.udp.UdpFrame;
import io.scrubjay.server.stats.Counter;
import io.scrubjay.server.stats.WorkerCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The responses to one datagram on their way out, each cut into datagrams by itself.
///
/// Shape: responses stand one behind the other, after room for one frame header. The header of
/// every datagram is written over the eight bytes before its payload, which have left by then, so a
/// datagram is sent from where it stands. Only the last response may be unfinished.
///
/// Limits: [#full] once [#HELD_MAX] responses or [#HELD_BYTES_MAX] bytes are held; one response may
/// be longer than that, and the memory that it took goes when it is sent. Threads: confined.
final class Responses {
  static final int HELD_MAX = 256;
  static final int HELD_BYTES_MAX = 64 << 10;

  private final int[] ends = new int[HELD_MAX];
  private final WorkerCounters counters;
  private Arena arena;
  private MemorySegment segment;
  private ByteOutput header;
  private int count;
  private int position = UdpFrame.HEADER_BYTES;

  private int sentResponses;
  private int sentDatagrams;

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  Responses(WorkerCounters counters) {
    this.counters = counters;
    this.arena = Arena.ofConfined();
    this.segment = arena.allocate(2 * HELD_BYTES_MAX);
    this.header = new ByteOutput(segment);
  }

  /// The unfinished response goes on with `[from, to)` of `bytes`.
  void take(MemorySegment bytes, long from, long to) {
    int more = (int) (to - from);
    int needed = Math.addExact(position, more);
    if (needed > segment.byteSize()) {
      replace((int) Math.min(Integer.MAX_VALUE, Math.max(needed, 2L * segment.byteSize())));
    }
    MemorySegment.copy(bytes, from, segment, position, more);
    position = needed;
  }

  /// The response is finished, be it empty.
  void end() {
    ends[count++] = position;
  }

  /// Takes the unfinished response back.
  void drop() {
    position = end(count - 1);
  }

  boolean unfinished() {
    return position > end(count - 1);
  }

  boolean full() {
    return count == HELD_MAX || position >= HELD_BYTES_MAX;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// Sends what is finished. False when the socket has no room: to be called again. A datagram that
  /// can't be sent at all is lost, as datagrams are.
  boolean send(DatagramSocket socket, int requestId) {
    for (; sentResponses < count; sentResponses++) {
      int start = end(sentResponses - 1);
      int bytes = ends[sentResponses] - start;
      int datagrams = UdpFrame.datagrams(bytes);
      // An empty response is a header that counts none.
      for (; sentDatagrams < Math.max(datagrams, 1); sentDatagrams++) {
        int at = start + (int) UdpFrame.payloadOffset(sentDatagrams) - UdpFrame.HEADER_BYTES;
        header.position(at);
        UdpFrame.writeHeader(header, requestId, sentDatagrams, datagrams);
        int length = UdpFrame.HEADER_BYTES + UdpFrame.payloadBytes(bytes, sentDatagrams);
        int sent = socket.send(segment, at, length);
        if (sent == DatagramSocket.WOULD_BLOCK) {
          return false;
        }
        counters.add(Counter.BYTES_WRITTEN, Math.max(sent, 0));
      }
      sentDatagrams = 0;
    }
    clear();
    return true;
  }

  /// Forgets what is finished and keeps what is not.
  private void clear() {
    int from = end(count - 1);
    int unfinished = position - from;
    count = 0;
    sentResponses = 0;
    position = UdpFrame.HEADER_BYTES + unfinished;
    if (unfinished == 0 && segment.byteSize() > 2 * HELD_BYTES_MAX) {
      replace(2 * HELD_BYTES_MAX);
    } else {
      MemorySegment.copy(segment, from, segment, UdpFrame.HEADER_BYTES, unfinished);
    }
  }

  void close() {
    arena.close();
  }

  private int end(int index) {
    return index < 0 ? UdpFrame.HEADER_BYTES : ends[index];
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close(), or here by the next one
  private void replace(int bytes) {
    Arena before = arena;
    MemorySegment old = segment;
    arena = Arena.ofConfined();
    segment = arena.allocate(bytes);
    header = new ByteOutput(segment);
    MemorySegment.copy(old, 0, segment, 0, Math.min(position, old.byteSize()));
    before.close();
  }
}
