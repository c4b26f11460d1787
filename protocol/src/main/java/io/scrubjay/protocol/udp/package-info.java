/// Datagrams: the eight bytes before each, and how a response is cut into them. What the payload
/// says is another codec's business. Start reading at [UdpFrame].
@NullMarked
package io.scrubjay.protocol.udp;

import org.jspecify.annotations.NullMarked;
