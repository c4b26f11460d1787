/// The load generator: requests made up before the clock starts, sent and checked on our own event
/// loop. Start reading at [io.scrubjay.bench.load.Load].
@NullMarked
package io.scrubjay.bench.load;

import org.jspecify.annotations.NullMarked;
