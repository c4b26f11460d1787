package io.scrubjay.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/// What [NioPoller] needs of a socket: its channel, and which of the channel's operations stand for
/// an interest.
abstract sealed class NioWatchable implements Watchable
    permits NioDatagramSocket, NioServerSocket, NioStreamSocket {
  private final SelectableChannel channel;
  private final SmallNumbers numbers;
  private final int id;
  private boolean closed;

  NioWatchable(SelectableChannel channel, SmallNumbers numbers) {
    this.channel = channel;
    this.numbers = numbers;
    id = numbers.take();
  }

  SelectableChannel channel() {
    return channel;
  }

  /// The selection key's operations to ask for, given what the watcher is interested in.
  abstract int operations(int interest);

  /// What selected operations mean to a watcher with this interest.
  int readiness(int operations, int interest) {
    int readable = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    int read = (operations & readable) != 0 ? Poller.READ : 0;
    int write = (operations & SelectionKey.OP_WRITE) != 0 ? Poller.WRITE : 0;
    return (read | write) & interest;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    numbers.giveBack(id);
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("closing a socket", failure);
    }
  }
}
