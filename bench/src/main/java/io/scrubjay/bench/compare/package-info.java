/// Scrubjay beside a memcached: the same load, the same machine, rounds in turn. Start reading at
/// [io.scrubjay.bench.compare.CompareCommand].
@NullMarked
package io.scrubjay.bench.compare;

import org.jspecify.annotations.NullMarked;
