package io.scrubjay.protocol.text;

/// The first word of a classic text command.
public enum TextVerb {
  GET
}
