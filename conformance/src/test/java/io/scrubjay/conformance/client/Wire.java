package io.scrubjay.conformance.client;

/// The protocol that a client is told to speak.
public enum Wire {
  TEXT,
  BINARY
}
