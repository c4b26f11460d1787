package io.scrubjay.protocol.meta;

/// The two letters that a reply without a value starts with.
public enum MetaStatus {
  /// Done, or found.
  HD,
  /// `mg` and `me`: nothing there.
  EN,
  /// Nothing there to change.
  NF,
  /// Not stored: the mode forbade it.
  NS,
  /// Exists, with another CAS id.
  EX,
  /// The reply to `mn`.
  MN;

  final long packed = name().charAt(0) | (long) name().charAt(1) << 8;
}
