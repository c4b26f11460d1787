/// UDP: one datagram in, some out, by the same dialects as streams. Start reading at
/// [io.scrubjay.server.udp.DatagramEndpoint].
@NullMarked
package io.scrubjay.server.udp;

import org.jspecify.annotations.NullMarked;
