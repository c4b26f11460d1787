/// The persistent engine under SIGKILL: what was acknowledged is there after each restart.
@NullMarked
package io.scrubjay.conformance.kill;

import org.jspecify.annotations.NullMarked;
