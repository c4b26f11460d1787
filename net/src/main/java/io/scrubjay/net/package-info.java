/// Event loops, pollers and sockets: how bytes come in and go out, and who is woken for it.
///
/// This room knows [io.scrubjay.memory] and the JDK: no protocol, no engine, no setting. It starts
/// no thread; whoever runs an [EventLoop] does.
///
/// Where to start: [EventLoop] is the turn of things, [Poller] and [StreamSocket] what it turns on.
/// [Networks] picks one of two families behind these: the `Epoll` classes make Linux's own calls
/// ([LinuxCalls]), the `Nio` classes are java.nio on any platform. Both hold one contract, which
/// the tests state.
@NullMarked
package io.scrubjay.net;

import org.jspecify.annotations.NullMarked;
