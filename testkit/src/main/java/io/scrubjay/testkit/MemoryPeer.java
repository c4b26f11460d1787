package io.scrubjay.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// The other end of a [MemoryStreamSocket]: sends, takes what was written, and says how the
/// socket's next reads and writes go. Text is ISO 8859-1, a byte a character. Threads: one.
public final class MemoryPeer {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Deque<Integer> readLimits = new ArrayDeque<>();
  private final Deque<Integer> writeLimits = new ArrayDeque<>();
  private byte[] unread = {};
  private int reads;
  private boolean writesBlocked;
  private boolean unreadHidden;
  private boolean closed;
  private boolean broken;

  MemoryPeer() {}

  public void send(String text) {
    send(text.getBytes(ISO_8859_1));
  }

  public void send(byte[] bytes) {
    if (closed) {
      throw new IllegalStateException("this end has closed");
    }
    int before = unread.length;
    unread = Arrays.copyOf(unread, before + bytes.length);
    System.arraycopy(bytes, 0, unread, before, bytes.length);
  }

  /// All that was written since this was last asked.
  public String received() {
    return new String(receivedBytes(), ISO_8859_1);
  }

  public byte[] receivedBytes() {
    byte[] bytes = written.toByteArray();
    written.reset();
    return bytes;
  }

  public int unreadBytes() {
    return unread.length;
  }

  /// How often the socket was read.
  public int reads() {
    return reads;
  }

  /// The next reads give no more than these many bytes, one limit a read; 0 would block.
  public void limitReads(int... bytes) {
    Arrays.stream(bytes).forEach(readLimits::add);
  }

  /// The next writes take no more than these many bytes, one limit a write; 0 would block.
  public void limitWrites(int... bytes) {
    Arrays.stream(bytes).forEach(writeLimits::add);
  }

  /// Every write would block, once the limits are used up, until this is taken back.
  public void blockWrites(boolean blocked) {
    writesBlocked = blocked;
  }

  /// Of what is sent and not yet read no poller tells, as of what TLS has decrypted.
  public void hideUnread() {
    unreadHidden = true;
  }

  boolean hidesUnread() {
    return unreadHidden && unread.length > 0;
  }

  /// The socket's reads answer the end of the stream after what was sent; its writes go on.
  public void close() {
    closed = true;
  }

  /// Reads and writes answer that the connection is gone, at once; what was sent is lost.
  public void reset() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }

  boolean hasClosed() {
    return closed;
  }

  int readLimit(int bytes) {
    reads++;
    Integer limit = readLimits.poll();
    return limit == null ? bytes : Math.min(limit, bytes);
  }

  int writeLimit(int bytes) {
    Integer limit = writeLimits.poll();
    int otherwise = writesBlocked ? 0 : bytes;
    return limit == null ? otherwise : Math.min(limit, bytes);
  }

  byte[] handedOver(int bytesMax) {
    int bytes = Math.min(bytesMax, unread.length);
    byte[] read = Arrays.copyOf(unread, bytes);
    unread = Arrays.copyOfRange(unread, bytes, unread.length);
    return read;
  }

  void takeOver(byte[] bytes) {
    written.writeBytes(bytes);
  }
}
