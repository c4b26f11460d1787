/// Transcripts played to each kind of server, whole, pipelined and cut.
@NullMarked
package io.scrubjay.conformance.transcript;

import org.jspecify.annotations.NullMarked;
