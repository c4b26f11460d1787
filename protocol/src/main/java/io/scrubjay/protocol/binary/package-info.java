/// The binary protocol: 24-byte headers, for clients that still speak it.
///
/// [BinaryDecoder] reads a packet up to its value into a [BinaryRequest] and says so by a
/// [BinaryDecoded]; [BinaryEncoder] writes replies, [BinaryStatus] holds what went wrong. Start
/// reading at [BinaryDecoder].
@NullMarked
package io.scrubjay.protocol.binary;

import org.jspecify.annotations.NullMarked;
