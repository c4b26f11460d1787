package io.scrubjay.server.worker;

/// Where a connection stands, under memcached's names as `stats conns` prints them.
///
/// Shape: a connection that has said nothing yet is in `conn_new_cmd`, as is one that has used up
/// its stretch; one that waits for the rest of a line, or for the next, in `conn_read`. A request
/// being served is `conn_parse_cmd`, a value still to come `conn_nread`, bytes nobody wants
/// `conn_swallow`, output stuck in the socket `conn_mwrite`, an engine's "later" `conn_io_pending`,
/// `watch` `conn_watch` for good; `conn_closing` ends all.
public enum ConnectionState {
  LISTENING("conn_listening"),
  NEW_CMD("conn_new_cmd"),
  READ("conn_read"),
  PARSE_CMD("conn_parse_cmd"),
  NREAD("conn_nread"),
  SWALLOW("conn_swallow"),
  MWRITE("conn_mwrite"),
  IO_PENDING("conn_io_pending"),
  WATCH("conn_watch"),
  CLOSING("conn_closing");

  private final String wireName;

  ConnectionState(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
