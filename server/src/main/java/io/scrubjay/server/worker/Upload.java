package io.scrubjay.server.worker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.engine.Draft;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Session;
import io.scrubjay.protocol.meta.MetaRequest;
import io.scrubjay.server.command.Store;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A value on its way in: the draft that takes it, the key it will be stored under, and what the
/// verb must know when the last byte is there. Reused; a worker keeps a few.
///
/// Shape: the value's bytes, then `tailBytes` bytes that end it (CR LF in text, none in binary).
/// Threads: confined to the worker.
public final class Upload {
  private static final byte CR = '\r';
  private static final byte LF = '\n';

  private final DatabaseSession owner;
  private final MemorySegment keyCopy;
  private final Key key = new Key();
  private final Draft draft;
  private int missingValueBytes;
  private int missingTailBytes;
  private boolean keyKept;
  private boolean tailWrong;
  private boolean memoryRanOut;

  /// The verb's own word for what it is doing, and its arguments; only the dialect reads them.
  public int verb;

  public boolean quiet;

  /// To be repeated in a binary reply.
  public int opaque;

  public final Store.Terms terms = new Store.Terms();

  /// What a meta reply is made from, once the request's line is gone.
  public final MetaRequest meta;

  Upload(DatabaseSession owner, Session session, Arena arena) {
    this.owner = owner;
    this.draft = session.newDraft();
    this.keyCopy = arena.allocate(Key.BYTES_MAX);
    this.meta = new MetaRequest(arena.allocate(MetaRequest.KEPT_BYTES_MAX));
  }

  public Draft draft() {
    return draft;
  }

  public Key key() {
    return key;
  }

  /// The draft has just been reserved for `requestKey`; `tailBytes` is 2 (CR LF) or 0.
  public void begin(Key requestKey, int tailBytes) {
    key.at(requestKey.segment(), requestKey.offset(), requestKey.length());
    missingValueBytes = draft.missingBytes();
    missingTailBytes = tailBytes;
    keyKept = false;
    tailWrong = false;
    memoryRanOut = false;
  }

  /// Takes what is there of the value and its tail; returns the offset of the first byte not taken.
  public long take(MemorySegment input, long from, long to) {
    long at = from;
    if (missingValueBytes > 0) {
      int bytes = (int) Math.min(missingValueBytes, to - at);
      if (!memoryRanOut) {
        memoryRanOut = !draft.append(input, at, bytes);
      }
      missingValueBytes -= bytes;
      at += bytes;
    }
    while (missingTailBytes > 0 && at < to) {
      tailWrong |= input.get(JAVA_BYTE, at) != (missingTailBytes == 2 ? CR : LF);
      missingTailBytes--;
      at++;
    }
    return at;
  }

  public boolean complete() {
    return missingValueBytes == 0 && missingTailBytes == 0;
  }

  /// The bytes behind the value are not the CR LF that text asks for.
  public boolean tailWrong() {
    return tailWrong;
  }

  /// The engine could not take the whole value (spec T-24).
  public boolean memoryRanOut() {
    return memoryRanOut;
  }

  /// The request's bytes are about to go: keeps the key.
  void keepKey() {
    if (!keyKept) {
      keyKept = true;
      MemorySegment.copy(key.segment(), key.offset(), keyCopy, 0, key.length());
      key.at(keyCopy, 0, key.length());
    }
  }

  /// It has ended: gives the draft's memory back if it still holds any, and itself to its owner.
  public void giveBack() {
    if (draft.inUse()) {
      draft.discard();
    }
    owner.keep(this);
  }
}
