package io.scrubjay.conformance.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A socket whose writes can be held, to be sent at once and together with something else: what
/// lies below a TLS client, in a test's hands.
final class HeldSocket extends Socket {
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean holding;
  private boolean holdsNext;

  HeldSocket(InetSocketAddress address) throws IOException {
    super(address.getAddress(), address.getPort());
    setTcpNoDelay(true);
  }

  /// From now on nothing is sent.
  void hold() {
    holding = true;
  }

  /// One more write is sent, then nothing.
  void holdAfterNext() {
    holdsNext = true;
  }

  /// What was held since, which is then forgotten. Sent as before from now on.
  byte[] release() {
    holding = false;
    byte[] bytes = held.toByteArray();
    held.reset();
    return bytes;
  }

  /// Nothing while writes are held: they are still to be sent.
  @Override
  public void shutdownOutput() throws IOException {
    if (!holding) {
      super.shutdownOutput();
    }
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = super.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) throws IOException {
        if (holding) {
          held.write(bytes, offset, count);
        } else {
          out.write(bytes, offset, count);
          holding = holdsNext;
          holdsNext = false;
        }
      }
    };
  }
}
