package io.scrubjay.cli;

import org.jspecify.annotations.Nullable;

/// What becomes of the process around the server. Immutable.
///
/// @param daemon `-d`
/// @param pidFile `-P`, or null
/// @param user `-u`, or null to stay who we are
/// @param lockMemory `-k`
/// @param coreDumps `-r`
record ProcessSettings(
    boolean daemon,
    @Nullable String pidFile,
    @Nullable String user,
    boolean lockMemory,
    boolean coreDumps) {}
