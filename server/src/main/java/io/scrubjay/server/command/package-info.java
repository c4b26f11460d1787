/// The verbs: what a request means, whichever protocol it came in. One file per verb; each composes
/// an engine session's reads, entries and drafts, counts, and answers with an outcome that the
/// protocol puts into words.
@NullMarked
package io.scrubjay.server.command;

import org.jspecify.annotations.NullMarked;
