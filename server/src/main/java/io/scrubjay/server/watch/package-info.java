/// `watch`: what workers and the engine write down for clients that want to see it. Begin at
/// [Watchers]. Depends on the engine's SPI and on `memory`.
@NullMarked
package io.scrubjay.server.watch;

import org.jspecify.annotations.NullMarked;
