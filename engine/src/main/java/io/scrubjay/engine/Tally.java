package io.scrubjay.engine;

/// Events that `stats slabs` breaks down by slab class; the names are that table's.
public enum Tally {
  GET_HITS,
  CMD_SET,
  DELETE_HITS,
  INCR_HITS,
  DECR_HITS,
  CAS_HITS,
  CAS_BADVAL,
  TOUCH_HITS
}
