/// The same seeded stream of commands sent to two servers, and the bytes that come back compared.
///
/// [io.scrubjay.conformance.differential.Generator] makes an episode,
/// [io.scrubjay.conformance.differential.Player] plays it to one server,
/// [io.scrubjay.conformance.differential.Shrinker] makes a failing one short. What may differ is in
/// [io.scrubjay.conformance.differential.KnownDifference] and nowhere else. Start reading at
/// [io.scrubjay.conformance.differential.Duel].
@NullMarked
package io.scrubjay.conformance.differential;

import org.jspecify.annotations.NullMarked;
