/// Counters, and the figures that `stats` prints from them. Start reading at
/// [io.scrubjay.server.stats.GeneralStatistics].
@NullMarked
package io.scrubjay.server.stats;

import org.jspecify.annotations.NullMarked;
