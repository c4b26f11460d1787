/// Interleavings: a read without locks beside whoever changes what is read. Each test says what the
/// reader may see. Not part of the build; CONTRIBUTING has the command. Start reading at
/// [io.scrubjay.stress.Subject].
@org.jspecify.annotations.NullMarked
package io.scrubjay.stress;
