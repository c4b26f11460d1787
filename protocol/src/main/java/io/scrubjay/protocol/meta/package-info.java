/// The meta protocol: `mg ms md ma mn me`, two letters and flags.
///
/// A line comes from [io.scrubjay.protocol.text.TextDecoder], which recognises the verb;
/// [MetaDecoder] fills a [MetaRequest] from it. [MetaEncoder] writes replies from the request
/// (whose flags ask for things, in order) and a [MetaItem] (the facts); errors are [MetaError]
/// constants. Start reading at [MetaRequest].
@NullMarked
package io.scrubjay.protocol.meta;

import org.jspecify.annotations.NullMarked;
