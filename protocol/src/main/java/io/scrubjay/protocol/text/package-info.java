/// The classic text protocol: `get`, `set` and everything else that is a line of words.
///
/// [TextDecoder] turns bytes into a [TextRequest] and says so by a [TextDecoded]; answers are
/// [TextReply] and [TextError] constants, or lines that [TextEncoder] writes. Meta commands share
/// the first word only: their [TextVerb] sends them on to the meta decoder. Start reading at
/// [TextDecoder].
@NullMarked
package io.scrubjay.protocol.text;

import org.jspecify.annotations.NullMarked;
