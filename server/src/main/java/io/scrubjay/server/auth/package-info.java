/// Who may use the server: users and their passwords, and the exchanges by which a client shows
/// that it knows one. Knows no connection and no protocol; those who do are `text.TextLogin` and
/// `binary.SaslLogin`. Begin at [Credentials].
@NullMarked
package io.scrubjay.server.auth;

import org.jspecify.annotations.NullMarked;
