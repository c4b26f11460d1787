/// TLS over any [io.scrubjay.net.StreamSocket] by the JDK's engine, on the loop that owns the
/// socket. Start reading at [io.scrubjay.net.tls.TlsStreamSocket]; what comes from files is
/// [io.scrubjay.net.tls.TlsContext]'s.
@NullMarked
package io.scrubjay.net.tls;

import org.jspecify.annotations.NullMarked;
