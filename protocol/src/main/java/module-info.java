/// Sans-I/O codecs: pure functions from bytes to requests and from replies to bytes. No sockets,
/// clock, store or counters. Start reading at `io.scrubjay.protocol.text`.
module io.scrubjay.protocol {
  requires transitive io.scrubjay.memory;
  requires static org.jspecify;

  exports io.scrubjay.protocol.binary;
  exports io.scrubjay.protocol.meta;
  exports io.scrubjay.protocol.text;
  exports io.scrubjay.protocol.udp;
}
