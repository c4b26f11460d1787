package io.scrubjay.conformance.differential;

/// What an episode may speak. Text and meta share connections, binary has its own.
enum Protocol {
  TEXT,
  META,
  BINARY
}
