/// Counters, and the pages that `stats` prints from them and from the engine. Start reading at
/// [io.scrubjay.server.stats.StatisticsPages].
@NullMarked
package io.scrubjay.server.stats;

import org.jspecify.annotations.NullMarked;
