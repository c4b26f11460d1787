/// The meta commands as a worker serves them: lines within the text dialect, which hands them to
/// [MetaCommands].
@NullMarked
package io.scrubjay.server.meta;

import org.jspecify.annotations.NullMarked;
