package io.scrubjay.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

final class NioServerSocket extends NioWatchable implements ServerSocket {
  private final ServerSocketChannel channel;
  private final SmallNumbers numbers;
  private final SocketAddress localAddress;

  NioServerSocket(ServerSocketChannel channel, SmallNumbers numbers) throws IOException {
    super(channel, numbers);
    this.channel = channel;
    this.numbers = numbers;
    localAddress = channel.getLocalAddress();
  }

  @Override
  public @Nullable StreamSocket accept() throws IOException {
    SocketChannel accepted;
    try {
      accepted = channel.accept();
    } catch (IOException failure) {
      throw isOutOfFiles(failure.getMessage())
          ? new TooManyOpenFilesException("accepting on " + localAddress + ": " + failure)
          : failure;
    }
    return accepted == null ? null : prepared(accepted);
  }

  /// Null, and closed, when the connection broke before it was taken over.
  private @Nullable StreamSocket prepared(SocketChannel accepted) throws IOException {
    try {
      accepted.configureBlocking(false);
      if (!(localAddress instanceof UnixDomainSocketAddress)) {
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        accepted.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      }
      return new NioStreamSocket(accepted, numbers);
    } catch (IOException broken) {
      accepted.close();
      return null;
    }
  }

  /// java.nio keeps no error number, only the system's words.
  static boolean isOutOfFiles(@Nullable String message) {
    return message != null && message.toLowerCase(Locale.ROOT).contains("too many open files");
  }

  @Override
  int operations(int interest) {
    return (interest & Poller.READ) != 0 ? SelectionKey.OP_ACCEPT : 0;
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }
}
