/// Threads and connections: [Dispatcher] accepts, each [Worker] drives its [Connection]s through
/// their states, a [Dialect] turns their bytes into verbs and replies.
@NullMarked
package io.scrubjay.server.worker;

import org.jspecify.annotations.NullMarked;
