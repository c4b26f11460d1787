/// The persistent engine in a server: under SIGKILL, with broken files, and by its own commands.
@NullMarked
package io.scrubjay.conformance.persistent;

import org.jspecify.annotations.NullMarked;
