package io.scrubjay.protocol.text;

/// What a decoder made of the bytes it was shown.
public enum TextDecoded {
  /// A command line, parsed; it ends at [TextRequest#lineEnd].
  COMPLETE,
  /// The line isn't all there yet.
  NEED_MORE,
  /// A line that can't be obeyed: answer [TextRequest#error] unless [TextRequest#noreply], after
  /// dropping [TextRequest#swallowBytes] bytes that follow [TextRequest#lineEnd].
  REFUSED,
  /// Close the connection without a word.
  CLOSE
}
