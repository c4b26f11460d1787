package io.scrubjay.server.worker;

import io.scrubjay.net.ServerSocket;
import io.scrubjay.server.options.Listener;

/// A listening socket, and what the operator said of it.
public record BoundListener(ServerSocket socket, Listener listener) {}
