/// Datagrams: frame rules and how responses are cut, on Scrubjay and on a real memcached.
@NullMarked
package io.scrubjay.conformance.udp;

import org.jspecify.annotations.NullMarked;
