/// Event loops, pollers and sockets. Knows a handler of bytes, and nothing of memcached. Start
/// reading at [io.scrubjay.net.EventLoop].
module io.scrubjay.net {
  requires transitive io.scrubjay.memory;
  requires static org.jspecify;

  exports io.scrubjay.net;
  exports io.scrubjay.net.tls;
}
