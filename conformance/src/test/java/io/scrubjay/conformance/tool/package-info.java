/// Programs and client libraries of other languages, as Debian packages them, run against each kind
/// of server in the same test: what memcached passes, Scrubjay must pass.
///
/// A client is a script under `src/test/scripts` and a line in
/// [io.scrubjay.conformance.tool.ClientScript] for each protocol that it speaks.
@NullMarked
package io.scrubjay.conformance.tool;

import org.jspecify.annotations.NullMarked;
