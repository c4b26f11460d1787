/// Real clients, written by others, doing everyday work against each kind of server.
///
/// A client is an adapter: a [io.scrubjay.conformance.client.CacheClient] and a line in
/// [io.scrubjay.conformance.client.Clients] for each protocol that it speaks. What is asked of it
/// is in [io.scrubjay.conformance.client.ClientContract] and is the same for all.
@NullMarked
package io.scrubjay.conformance.client;

import org.jspecify.annotations.NullMarked;
