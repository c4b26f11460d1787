/// TLS as clients meet it: the JDK's, OpenSSL's and Python's, and those that speak something else.
@NullMarked
package io.scrubjay.conformance.tls;

import org.jspecify.annotations.NullMarked;
