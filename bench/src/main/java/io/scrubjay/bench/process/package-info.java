/// Servers as processes, and what the system says of them. Start reading at
/// [io.scrubjay.bench.process.ServerProcess].
@NullMarked
package io.scrubjay.bench.process;

import org.jspecify.annotations.NullMarked;
