package io.scrubjay.server.text;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Session;
import io.scrubjay.protocol.text.TextRequest;

/// Tells the engine which keys of a long list come next. Threads: the worker's.
final class KeysAhead {
  private final Session session;
  private final Key[] keys = new Key[Session.KEYS_AHEAD_MAX];

  KeysAhead(Session session) {
    this.session = session;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new Key();
    }
  }

  /// Looks ahead from where `request` is in its list, and leaves it there. Returns how many keys
  /// the engine has been told of; 0 at the end.
  int announce(TextRequest request) {
    long here = request.keysPosition();
    int count = 0;
    while (count < keys.length && request.nextKey()) {
      keys[count++].at(request.segment, request.keyOffset, request.keyLength);
    }
    request.keysPosition(here);
    if (count > 1) {
      session.willRead(keys, count);
    }
    return count;
  }
}
