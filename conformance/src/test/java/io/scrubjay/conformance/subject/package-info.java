/// The servers that the tests talk to: Scrubjay in this process, and a real memcached beside it.
/// Every test of this module is written once, against [io.scrubjay.conformance.subject.Target].
@NullMarked
package io.scrubjay.conformance.subject;

import org.jspecify.annotations.NullMarked;
