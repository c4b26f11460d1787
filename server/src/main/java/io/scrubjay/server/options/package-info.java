/// The parts of [io.scrubjay.server.ServerOptions]: what one part of the server is told, as records
/// that any package here may know. Start reading at `ServerOptions`.
@NullMarked
package io.scrubjay.server.options;

import org.jspecify.annotations.NullMarked;
