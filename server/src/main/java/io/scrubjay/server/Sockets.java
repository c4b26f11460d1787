package io.scrubjay.server;

import io.scrubjay.net.AddressInUseException;
import io.scrubjay.net.DatagramSocket;
import io.scrubjay.net.Network;
import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.server.options.ListenOptions.UnixSocket;
import io.scrubjay.server.options.Listener;
import io.scrubjay.server.worker.BoundListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// The sockets that a server waits on, bound as spec 5.1 says: a host name is bound on every
/// address it has, those in use are passed over as long as one is left, and anything else that is
/// wrong ends the start.
///
/// Errors: [ListenException]. Ownership: [#close] closes them all, more than once if need be.
final class Sockets implements AutoCloseable {
  /// A UDP socket, and what the operator said of it.
  record BoundDatagrams(DatagramSocket socket, Listener listener) {}

  private final Network network;
  private final ListenOptions options;
  private final List<BoundListener> listeners = new ArrayList<>();
  private final List<BoundDatagrams> datagrams = new ArrayList<>();

  private Sockets(Network network, ListenOptions options) {
    this.network = network;
    this.options = options;
  }

  static Sockets open(Network network, ListenOptions options) throws ListenException {
    var sockets = new Sockets(network, options);
    try {
      sockets.open();
      return sockets;
    } catch (ListenException | RuntimeException | Error failed) {
      sockets.close();
      throw failed;
    }
  }

  List<BoundListener> listeners() {
    return List.copyOf(listeners);
  }

  List<BoundDatagrams> datagrams() {
    return List.copyOf(datagrams);
  }

  /// Of TCP, in order.
  List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (BoundListener bound : listeners) {
      if (bound.socket().localAddress() instanceof InetSocketAddress address) {
        addresses.add(address);
      }
    }
    return List.copyOf(addresses);
  }

  List<InetSocketAddress> udpAddresses() {
    return datagrams.stream().map(bound -> bound.socket().localAddress()).toList();
  }

  private void open() throws ListenException {
    UnixSocket unix = options.unixSocket();
    if (!options.inherited().isEmpty()) {
      inherit();
    } else if (unix != null) {
      listen(unix);
    } else {
      for (Listener listener : options.tcp()) {
        String what = "failed to listen on TCP port " + options.port();
        listeners.addAll(
            onEveryAddress(
                listener,
                what,
                at -> new BoundListener(network.listen(at, options.backlog()), listener)));
      }
      for (Listener listener : options.udp()) {
        String what = "failed to listen on UDP port " + options.udpPort();
        datagrams.addAll(
            onEveryAddress(
                listener, what, at -> new BoundDatagrams(network.bindDatagram(at), listener)));
      }
    }
  }

  private void inherit() throws ListenException {
    for (int descriptor : options.inherited()) {
      try {
        listeners.add(new BoundListener(network.inherited(descriptor), Listener.UNNAMED));
      } catch (IOException refused) {
        throw new ListenException("failed to listen on a socket handed down", refused);
      }
    }
  }

  private void listen(UnixSocket unix) throws ListenException {
    try {
      if (unix.path().isEmpty()) {
        // The system would pick a name that nobody knows.
        throw new IOException("no path");
      }
      var address = UnixDomainSocketAddress.of(unix.path());
      listeners.add(
          new BoundListener(
              network.listen(address, unix.mode(), options.backlog()), Listener.UNNAMED));
    } catch (IOException refused) {
      throw new ListenException("failed to listen on UNIX socket: " + unix.path(), refused);
    }
  }

  @FunctionalInterface
  private interface Bind<T> {
    T at(InetSocketAddress address) throws IOException;
  }

  private <T> List<T> onEveryAddress(Listener listener, String what, Bind<T> bind)
      throws ListenException {
    List<T> bound = new ArrayList<>();
    String failure =
        options.inter() == null
            ? what
            : "failed to listen on one of interface(s) " + options.inter();
    try {
      AddressInUseException inUse = null;
      for (InetAddress address : addresses(listener.host())) {
        try {
          bound.add(bind.at(new InetSocketAddress(address, listener.port())));
        } catch (AddressInUseException taken) {
          inUse = taken;
        }
      }
      if (bound.isEmpty() && inUse != null) {
        throw new ListenException(failure, inUse);
      }
      return bound;
    } catch (UnknownHostException unknown) {
      throw new ListenException(
          failure, new IOException("no address is known of '" + listener.host() + "'", unknown));
    } catch (ListenException told) {
      throw told;
    } catch (IOException refused) {
      throw new ListenException(failure, refused);
    }
  }

  /// The JDK takes no name for loopback's.
  private static InetAddress[] addresses(String host) throws UnknownHostException {
    if (host.isEmpty()) {
      throw new UnknownHostException("an empty name");
    }
    return InetAddress.getAllByName(host);
  }

  @Override
  public void close() {
    listeners.forEach(bound -> bound.socket().close());
    datagrams.forEach(bound -> bound.socket().close());
  }
}
