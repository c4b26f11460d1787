package io.scrubjay.server.worker;

/// Where a connection stands, under memcached's names as `stats conns` prints them.
///
/// Shape: `conn_new_cmd -> conn_read <-> conn_waiting`, a whole line leads to `conn_parse_cmd`, a
/// value still to come to `conn_nread`, bytes nobody wants to `conn_swallow`, output stuck in the
/// socket to `conn_mwrite`, an engine's "later" to `conn_io_pending`, `watch` to `conn_watch` for
/// good; `conn_closing` ends all.
public enum ConnectionState {
  NEW_CMD("conn_new_cmd"),
  WAITING("conn_waiting"),
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
