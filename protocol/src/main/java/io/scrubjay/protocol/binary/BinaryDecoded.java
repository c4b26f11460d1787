package io.scrubjay.protocol.binary;

/// What a decoder made of the bytes it was shown.
public enum BinaryDecoded {
  /// A packet whose header, extras and key are there, ending at [BinaryRequest#headEnd];
  /// [BinaryRequest#valueBytes] of value follow.
  COMPLETE,
  /// Header, extras or key aren't all there yet.
  NEED_MORE,
  /// Answer the error [BinaryRequest#status] and drop [BinaryRequest#swallowBytes] bytes that
  /// follow [BinaryRequest#headEnd].
  REFUSED,
  /// Answer the error [BinaryRequest#status] and close.
  REFUSED_CLOSE,
  /// Close the connection without a word.
  CLOSE
}
