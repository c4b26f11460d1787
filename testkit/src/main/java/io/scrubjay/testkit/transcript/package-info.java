/// Readable conversations with a server, and a runner that holds a server to them. Start reading at
/// [io.scrubjay.testkit.transcript.Transcript]; the format is in
/// [io.scrubjay.testkit.transcript.TranscriptParser]. Knows sockets and text, no server.
@NullMarked
package io.scrubjay.testkit.transcript;

import org.jspecify.annotations.NullMarked;
