package io.scrubjay.cli.process;

import org.jspecify.annotations.Nullable;

/// What becomes of the process around the server. Immutable.
///
/// @param daemon `-d`
/// @param pidFile `-P`, or null
/// @param portFile `MEMCACHED_PORT_FILENAME`, or null
/// @param notifySocket `NOTIFY_SOCKET`, or null
/// @param user `-u`, or null to stay who we are
/// @param lockMemory `-k`
/// @param coreDumps `-r`
public record ProcessSettings(
    boolean daemon,
    @Nullable String pidFile,
    @Nullable String portFile,
    @Nullable String notifySocket,
    @Nullable String user,
    boolean lockMemory,
    boolean coreDumps) {}
