/// The binary protocol as a worker speaks it: [BinaryDialect] decodes a packet and hands it to the
/// file of its kind of opcode, which runs the verb and writes the reply.
@NullMarked
package io.scrubjay.server.binary;

import org.jspecify.annotations.NullMarked;
