package io.scrubjay.net.tls;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.net.Poller;
import io.scrubjay.net.StreamSocket;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A TLS connection, by either side, as a stream of the bytes inside.
///
/// Shape: all room is the loop's; between two calls a connection keeps only what it can't give or
/// finish: the start of a record, bytes its reader had no room for, ciphertext the socket would not
/// take. Idle, it holds nothing but its engine.
///
/// Handshake: until it is done, reading makes it go on and answers [#WOULD_BLOCK], and what the
/// poller watches for is this class's business: nothing while the engine computes elsewhere.
///
/// Writing: what has been encrypted can't be taken back. When the socket takes only part of it, the
/// count told is one short of what was encrypted, so that the writer comes again with the last byte
/// when the socket is writable; that byte is then not encrypted a second time. The writer must go
/// on with the bytes it was told are left.
///
/// Errors: those of the peer close the connection and are told to [TlsEvents]; an alert is sent
/// when the socket takes it at once. A connection that ends without the peer's close_notify ends
/// like one that was closed: requests say themselves where they end. Renegotiation is refused.
/// Threads: confined to the loop.
final class TlsStreamSocket implements StreamSocket {
  private static final int HEADER_BYTES = 5;

  /// A record's first byte.
  private static final byte ALERT = 21;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final byte[] NONE = {};

  private final TlsLoop loop;
  private final StreamSocket socket;
  private final SSLEngine engine;
  private final long begunMillis = System.currentTimeMillis();
  private boolean established;
  private boolean computing;
  private boolean inputEnded;
  private @Nullable String failure;
  private boolean closed;
  private byte[] cipherKept = NONE;
  private byte[] plainKept = NONE;
  private byte[] stuck = NONE;

  /// Bytes at the front of the next write that have been encrypted already.
  private int encryptedAhead;

  TlsStreamSocket(TlsLoop loop, StreamSocket socket, SSLEngine engine) {
    this.loop = loop;
    this.socket = socket;
    this.engine = engine;
    try {
      engine.beginHandshake();
    } catch (SSLException impossible) {
      throw new IllegalStateException("a new engine does not begin its handshake", impossible);
    }
  }

  @Override
  public int read(MemorySegment target, long offset, int bytes) {
    if (plainKept.length > 0) {
      return give(ByteBuffer.wrap(plainKept), target, offset, bytes);
    }
    if (failure != null || inputEnded) {
      return CLOSED;
    }
    if (!established && !shakeHands()) {
      return failure != null ? CLOSED : WOULD_BLOCK;
    }
    ByteBuffer plain = loop.plainIn.clear();
    int answer = CLOSED;
    try {
      answer = decrypt(plain, bytes);
    } catch (SSLException broken) {
      protocolFailed(reason(broken));
    }
    plain.flip();
    if (plain.hasRemaining()) {
      return give(plain, target, offset, bytes);
    }
    return failure != null || inputEnded || answer == CLOSED ? CLOSED : WOULD_BLOCK;
  }

  /// Whole records, while the reader has room; the socket's answer.
  ///
  /// An alert that can be told from data (before TLS 1.3) ends the input, but is not shown to the
  /// engine while what came before it waits for its answer: it encrypts no more once it has seen
  /// the peer's goodbye. That may be data of an earlier read, when the alert was kept since then.
  /// [#hearAlert] shows it at the end.
  private int decrypt(ByteBuffer plain, int room) throws SSLException {
    boolean kept = startsWithRecord(cipherKept);
    int answer = fill();
    ByteBuffer cipher = loop.cipherIn;
    boolean more = true;
    while (more
        && cipher.hasRemaining()
        && plain.position() < room
        && plain.remaining() >= TlsLoop.FRAGMENT_BYTES_MAX) {
      if ((kept || plain.position() > 0) && cipher.get(cipher.position()) == ALERT) {
        inputEnded = true;
        break;
      }
      SSLEngineResult result = engine.unwrap(cipher, plain);
      more =
          switch (result.getStatus()) {
            case OK -> {
              afterwards(result.getHandshakeStatus());
              yield result.bytesConsumed() > 0;
            }
            case BUFFER_UNDERFLOW -> false;
            case CLOSED -> {
              inputEnded = true;
              yield false;
            }
            case BUFFER_OVERFLOW ->
                throw new AssertionError("a record of more than " + plain.remaining());
          };
    }
    keepCipher();
    return answer;
  }

  /// Keys may be changed after the handshake (TLS 1.3), which the engine answers.
  private void afterwards(HandshakeStatus status) throws SSLException {
    if (status == HandshakeStatus.NEED_TASK) {
      throw new SSLException("renegotiation");
    }
    if (status == HandshakeStatus.NEED_WRAP && stuck.length == 0) {
      sendHandshake();
    }
  }

  /// Gives as much of `plain` as fits, and keeps the rest.
  private int give(ByteBuffer plain, MemorySegment target, long offset, int bytes) {
    int count = Math.min(bytes, plain.remaining());
    MemorySegment.copy(
        plain.array(), plain.arrayOffset() + plain.position(), target, JAVA_BYTE, offset, count);
    plainKept = rest(plain.position(plain.position() + count));
    return count;
  }

  /// True when the handshake is done.
  private boolean shakeHands() {
    try {
      while (!computing && failure == null) {
        if (!flush()) {
          await(Poller.WRITE);
          return false;
        }
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> compute();
          case NEED_WRAP -> sendHandshake();
          case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
            if (!receiveHandshake()) {
              await(Poller.READ);
              return false;
            }
          }
          case FINISHED, NOT_HANDSHAKING -> {
            established = true;
            await(Poller.READ);
            begins(engine.getSession());
            return true;
          }
        }
      }
    } catch (SSLException refused) {
      handshakeFailed(reason(refused));
    }
    return false;
  }

  private void begins(SSLSession session) {
    loop.events.established(session.getCreationTime() < begunMillis);
    if (!loop.keepsSessions) {
      session.invalidate();
    }
  }

  /// False when it takes bytes that are not here yet: there was room for more than the socket had.
  private boolean receiveHandshake() throws SSLException {
    int answer = fill();
    SSLEngineResult result = engine.unwrap(loop.cipherIn, loop.plainIn.clear());
    keepCipher();
    return switch (result.getStatus()) {
      case OK -> true;
      case BUFFER_UNDERFLOW -> {
        if (answer == CLOSED) {
          handshakeFailed("closed");
        }
        yield false;
      }
      case CLOSED -> {
        handshakeFailed("closed");
        yield false;
      }
      case BUFFER_OVERFLOW -> throw new AssertionError("bytes inside a handshake");
    };
  }

  private void sendHandshake() throws SSLException {
    ByteBuffer cipher = loop.cipherOut.clear();
    engine.wrap(NOTHING, cipher);
    send(cipher.flip());
  }

  /// Signatures and certificates take up to milliseconds: not on the loop.
  private void compute() {
    computing = true;
    await(0);
    loop.elsewhere(
        () -> {
          Runnable task = engine.getDelegatedTask();
          while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
          }
        },
        this::computed);
  }

  /// A socket with room to send is ready at once, so its owner reads and the handshake goes on.
  private void computed() {
    computing = false;
    if (!closed) {
      await(Poller.READ | Poller.WRITE);
    }
  }

  private void await(int interest) {
    loop.poller().interest(socket, interest);
  }

  private void handshakeFailed(String reason) {
    loop.events.handshakeFailed(reason);
    fail(reason);
  }

  private void protocolFailed(String reason) {
    loop.events.protocolFailed(reason);
    fail(reason);
  }

  /// The engine may have an alert to send.
  private void fail(String reason) {
    failure = reason;
    engine.closeOutbound();
    sendLast();
  }

  private void sendLast() {
    try {
      if (stuck.length == 0 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        sendHandshake();
      }
    } catch (SSLException broken) {
      // It is being closed: there is nothing better to do than that.
    }
  }

  /// Puts what was kept and what the socket has into the loop's room, unless a whole record was
  /// kept; the socket's answer. A first hello may be in the form of SSL 2, whose length stands
  /// elsewhere: until the handshake is done the engine alone says what is whole.
  private int fill() {
    ByteBuffer cipher = loop.cipherIn.clear().put(cipherKept);
    boolean enough = established && startsWithRecord(cipherKept);
    int answer = enough || !cipher.hasRemaining() ? WOULD_BLOCK : loop.receive(socket);
    cipher.flip();
    return answer;
  }

  private void keepCipher() {
    cipherKept = rest(loop.cipherIn);
  }

  private static boolean startsWithRecord(byte[] bytes) {
    return bytes.length >= HEADER_BYTES
        && bytes.length - HEADER_BYTES
            >= (Byte.toUnsignedInt(bytes[3]) << 8 | Byte.toUnsignedInt(bytes[4]));
  }

  /// What came before a failure is read first, then the end.
  @Override
  public boolean holdsInput() {
    return plainKept.length > 0
        || failure != null
        || (established && (inputEnded || startsWithRecord(cipherKept)));
  }

  @Override
  public int write(MemorySegment source, long offset, int bytes) {
    if ((!established && !shakeHands()) || !flush()) {
      return failure != null ? CLOSED : WOULD_BLOCK;
    }
    int done = encryptedAhead;
    encryptedAhead = 0;
    try {
      while (done < bytes) {
        int count = Math.min(bytes - done, loop.plainOut.capacity());
        send(encrypted(source, offset + done, count));
        done += count;
        if (failure != null) {
          return CLOSED;
        }
        if (stuck.length > 0) {
          encryptedAhead = 1;
          return done - 1;
        }
      }
      return done;
    } catch (SSLException broken) {
      protocolFailed(reason(broken));
      return CLOSED;
    }
  }

  private ByteBuffer encrypted(MemorySegment source, long offset, int count) throws SSLException {
    ByteBuffer plain = loop.plainOut.clear().limit(count);
    MemorySegment.copy(source, JAVA_BYTE, offset, plain.array(), plain.arrayOffset(), count);
    ByteBuffer cipher = loop.cipherOut.clear();
    while (plain.hasRemaining()) {
      SSLEngineResult result = engine.wrap(plain, cipher);
      if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesProduced() == 0) {
        throw new SSLException("not encrypted: " + result.getStatus());
      }
    }
    return cipher.flip();
  }

  /// What the socket does not take is kept.
  private void send(ByteBuffer cipher) {
    if (!cipher.hasRemaining()) {
      return;
    }
    int answer = loop.send(socket, cipher);
    if (answer == CLOSED) {
      failure = socket.failure() == null ? "closed" : socket.failure();
      stuck = NONE;
    } else {
      stuck = rest(cipher.position(cipher.position() + answer));
    }
  }

  /// True when nothing is stuck any more.
  private boolean flush() {
    while (stuck.length > 0) {
      int before = stuck.length;
      send(ByteBuffer.wrap(stuck));
      if (stuck.length == before) {
        return false;
      }
    }
    return failure == null;
  }

  private static byte[] rest(ByteBuffer buffer) {
    if (!buffer.hasRemaining()) {
      return NONE;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String reason(SSLException failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  @Override
  public int id() {
    return socket.id();
  }

  @Override
  public StreamSocket polled() {
    return socket;
  }

  /// Whoever asks for this has answered all that came before the end, as has whoever closes.
  @Override
  public @Nullable String failure() {
    hearAlert();
    return failure == null ? socket.failure() : failure;
  }

  @Override
  public SocketAddress localAddress() {
    return socket.localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return socket.remoteAddress();
  }

  @Override
  public void endOutput() {
    sayGoodbye();
    socket.endOutput();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    sayGoodbye();
    socket.close();
  }

  /// It may be a goodbye, a failure of the peer's, or forged.
  private void hearAlert() {
    if (!inputEnded || cipherKept.length == 0 || failure != null) {
      return;
    }
    ByteBuffer alert = ByteBuffer.wrap(cipherKept);
    cipherKept = NONE;
    try {
      engine.unwrap(alert, loop.plainIn.clear());
    } catch (SSLException broken) {
      protocolFailed(reason(broken));
    }
  }

  /// When the socket takes it at once.
  private void sayGoodbye() {
    hearAlert();
    if (established && failure == null) {
      engine.closeOutbound();
      sendLast();
    }
  }
}
