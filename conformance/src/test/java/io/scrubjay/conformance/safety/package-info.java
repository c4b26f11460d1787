/// The inputs behind memcached's memory-safety fixes of 2026, as `docs/trust.md` lists them, and
/// what Scrubjay answers.
@NullMarked
package io.scrubjay.conformance.safety;

import org.jspecify.annotations.NullMarked;
