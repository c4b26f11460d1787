package io.scrubjay.net;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Sockets and selectors of `java.nio`: any platform, no native access.
///
/// What differs from [EpollNetwork]: java.nio knows no V6ONLY, so listening on `::` takes IPv4 too;
/// running out of descriptors is told from the system's message.
final class NioNetwork implements Network {
  static final String NAME = "nio";

  private final SmallNumbers numbers = new SmallNumbers();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ServerSocket listen(InetSocketAddress address, int backlog) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(family(address));
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      bind(channel, address, backlog);
      return new NioServerSocket(channel, numbers);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public ServerSocket listen(UnixDomainSocketAddress path, int mode, int backlog)
      throws IOException {
    UnixSocketFile.makeWay(path.getPath());
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      // java.nio binds and listens in one call: whoever connects in between has still to be
      // accepted, which nobody does before this returns.
      channel.bind(path, backlog);
      UnixSocketFile.permit(path.getPath(), mode);
      return new NioServerSocket(channel, numbers);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public ServerSocket inherited(int descriptor) throws IOException {
    throw new IOException("poller = nio, which can't take over a socket by its descriptor");
  }

  @Override
  public StreamSocket connect(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      var socket = new NioStreamSocket(channel, numbers);
      socket.startConnecting(address);
      return socket;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public DatagramSocket bindDatagram(InetSocketAddress address) throws IOException {
    DatagramChannel channel = DatagramChannel.open(family(address));
    try {
      channel.configureBlocking(false);
      channel.bind(address);
      return new NioDatagramSocket(channel, numbers);
    } catch (BindException failure) {
      channel.close();
      throw named("binding UDP to " + InetText.of(address), failure);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public Poller openPoller() throws IOException {
    return new NioPoller();
  }

  private static void bind(ServerSocketChannel channel, InetSocketAddress address, int backlog)
      throws IOException {
    try {
      channel.bind(address, backlog);
    } catch (BindException failure) {
      throw named("listening on " + InetText.of(address), failure);
    }
  }

  private static BindException named(String what, BindException failure) {
    String message = what + ": " + failure.getMessage();
    var named =
        message.contains("in use")
            ? new AddressInUseException(message)
            : new BindException(message);
    named.initCause(failure);
    return named;
  }

  private static StandardProtocolFamily family(InetSocketAddress address) {
    boolean inet6 = address.getAddress() instanceof Inet6Address;
    return inet6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }
}
