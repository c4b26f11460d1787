/// The classic text protocol as a worker speaks it: [TextDialect] decodes a line and hands it to
/// the file of its kind of verb, which runs the verb and writes the reply.
@NullMarked
package io.scrubjay.server.text;

import org.jspecify.annotations.NullMarked;
