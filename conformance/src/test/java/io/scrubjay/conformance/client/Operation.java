package io.scrubjay.conformance.client;

/// What is asked of a client. A client that has no call for one says so.
public enum Operation {
  SET,
  GET,
  MULTIGET,
  ADD,
  REPLACE,
  APPEND,
  PREPEND,
  CAS,
  INCR,
  DECR,
  TOUCH,
  GET_AND_TOUCH,
  DELETE,
  FLUSH,
  STATS,
  VERSION,
  EXPIRY,
  LARGE_VALUE,
  MANY_KEYS
}
