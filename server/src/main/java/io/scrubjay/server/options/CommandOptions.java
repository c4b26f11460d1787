package io.scrubjay.server.options;

/// Which commands a client may use. Immutable.
///
/// @param flushEnabled false for `-F`
/// @param dumpEnabled false for `-X`
/// @param watchEnabled false for `-W`
/// @param shutdownCommand `-A`
/// @param debugCommands `-o debug_commands`: those of memcached's debug build
/// @param extensions `-o extensions`: commands that memcached doesn't have
public record CommandOptions(
    boolean flushEnabled,
    boolean dumpEnabled,
    boolean watchEnabled,
    boolean shutdownCommand,
    boolean debugCommands,
    boolean extensions) {}
