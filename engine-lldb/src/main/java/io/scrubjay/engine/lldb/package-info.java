/// The persistent engine. May know `engine`, `memory` and RocksDB. Start reading at
/// [io.scrubjay.engine.lldb.LldbSession], where requests arrive, then
/// [io.scrubjay.engine.lldb.Store], which owns everything native; docs/internals/lldb.md tells why
/// it is as it is.
@NullMarked
package io.scrubjay.engine.lldb;

import org.jspecify.annotations.NullMarked;
