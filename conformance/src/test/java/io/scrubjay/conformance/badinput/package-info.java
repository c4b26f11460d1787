/// Clients that misbehave: the server answers exactly or closes, goes on, and keeps nothing.
@NullMarked
package io.scrubjay.conformance.badinput;

import org.jspecify.annotations.NullMarked;
