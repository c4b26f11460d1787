package io.scrubjay.protocol.binary;

import java.lang.foreign.MemorySegment;

/// One packet where it lies: a reusable cursor that [BinaryDecoder] fills and a verb reads.
///
/// Shape: public fields, since a record per request would be an allocation per request. Extras that
/// the opcode doesn't have read as 0.
///
/// Threads: confined to the loop that owns it. Ownership: `segment` is lent.
public final class BinaryRequest {
  /// Of a counter's [#exptime]: a miss is not to create the item.
  public static final int NO_VIVIFY = 0xffff_ffff;

  public BinaryOpcode opcode = BinaryOpcode.UNKNOWN;

  /// As sent, 0..255; replies repeat it.
  public int opcodeByte;

  /// A success isn't answered; an error is, except a miss of the get family (spec B-09).
  public boolean quiet;

  public MemorySegment segment = MemorySegment.NULL;
  public long packetStart;

  /// Just past header, extras and key: where the value starts.
  public long headEnd;

  public long keyOffset;
  public int keyLength;
  public int valueBytes;

  /// Opaque to us, repeated in replies.
  public int opaque;

  /// 64 bits, unsigned; 0 for none.
  public long cas;

  /// 32 bits, unsigned.
  public int clientFlags;

  /// 32 bits, unsigned: there are no negative times here. [#NO_VIVIFY] means something to counters.
  public int exptime;

  public long delta;
  public long initial;

  /// Means something only after a refusal.
  public BinaryStatus status = BinaryStatus.OK;

  /// What to drop after a refused packet's head.
  public long swallowBytes;

  /// A packet refused before its extras were looked at mustn't show those of the one before.
  void forgetBody() {
    valueBytes = 0;
    swallowBytes = 0;
    clientFlags = 0;
    exptime = 0;
    delta = 0;
    initial = 0;
    status = BinaryStatus.OK;
  }
}
