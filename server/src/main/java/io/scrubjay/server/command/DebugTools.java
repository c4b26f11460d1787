package io.scrubjay.server.command;

import org.jspecify.annotations.Nullable;

/// What `-o debug_commands` puts into a client's hands.
///
/// @param time null when the embedder brought the clock, and moves it himself
public record DebugTools(ItemHolds items, @Nullable TimeControl time) {}
