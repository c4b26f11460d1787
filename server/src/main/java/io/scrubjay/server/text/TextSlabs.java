package io.scrubjay.server.text;

import io.scrubjay.engine.Engine;
import io.scrubjay.engine.SlabControl;
import io.scrubjay.engine.SnapshotControl;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.Step;
import org.jspecify.annotations.Nullable;

/// `slabs` and `cache_memlimit` (spec 2.5, 2.6), and `snapshot`, which memcached does not have. An
/// engine without slab classes answers as a server whose page mover is off and whose memory was
/// taken at the start. Threads: the worker's.
final class TextSlabs {
  private static final long MEGABYTES_MIN = 8;
  private static final long MEGABYTES_MAX = 1_000_000_000;
  private static final int REASSIGN_TOKENS = 4;

  private final @Nullable SlabControl slabs;
  private final @Nullable SnapshotControl snapshots;

  TextSlabs(Engine engine) {
    this.slabs = engine.slabs().orElse(null);
    this.snapshots = engine.snapshots().orElse(null);
  }

  Step memoryLimit(Connection connection, TextRequest request) {
    if (request.arguments() < 1 || !request.parseUint32(1)) {
      return TextDialect.served(connection, request, TextReply.ERROR);
    }
    return TextDialect.served(connection, request, limit(request.number));
  }

  private TextReply limit(long megabytes) {
    if (megabytes < MEGABYTES_MIN) {
      return TextReply.MEMLIMIT_TOO_SMALL;
    }
    if (megabytes > MEGABYTES_MAX) {
      return TextReply.MEMLIMIT_NOT_MEGABYTES;
    }
    return slabs != null && slabs.memoryLimit(megabytes << 20)
        ? TextReply.OK
        : TextReply.MEMLIMIT_FIXED;
  }

  /// `OK` when one is being written from now on.
  Step snapshot(Connection connection, TextRequest request) {
    if (snapshots == null || request.arguments() > 0) {
      return TextDialect.served(connection, request, TextReply.ERROR);
    }
    TextReply reply = snapshots.save() ? TextReply.OK : TextReply.SNAPSHOT_BUSY;
    return TextDialect.served(connection, request, reply);
  }

  Step slabs(Connection connection, TextRequest request) {
    if (request.tokens() == REASSIGN_TOKENS && request.tokenAbbreviates(1, "reassign")) {
      return reassign(connection, request);
    }
    if (request.tokens() > 2 && request.tokenAbbreviates(1, "automove")) {
      return automove(connection, request);
    }
    return TextDialect.served(connection, request, TextReply.ERROR);
  }

  private Step reassign(Connection connection, TextRequest request) {
    if (slabs == null || !slabs.reassigns()) {
      return TextDialect.refused(connection, request, TextError.SLAB_REASSIGN_DISABLED);
    }
    if (!request.parseInt32(2)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    int source = (int) request.number;
    if (!request.parseInt32(3)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    int target = (int) request.number;
    return switch (slabs.reassign(source, target)) {
      case STARTED -> TextDialect.served(connection, request, TextReply.OK);
      case BUSY -> TextDialect.served(connection, request, TextReply.REASSIGN_BUSY);
      case BAD_CLASS -> TextDialect.served(connection, request, TextReply.REASSIGN_BADCLASS);
      case NO_SPARE -> TextDialect.served(connection, request, TextReply.REASSIGN_NOSPARE);
      case SAME -> TextDialect.served(connection, request, TextReply.REASSIGN_SAME);
    };
  }

  private Step automove(Connection connection, TextRequest request) {
    if (request.tokenAbbreviates(2, "ratio")) {
      return ratio(connection, request, true);
    }
    if (request.tokenAbbreviates(2, "freeratio")) {
      return ratio(connection, request, false);
    }
    if (request.tokenAbbreviates(2, "window")) {
      return window(connection, request);
    }
    if (!request.parseUint32(2)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    if (request.number > SlabControl.AUTOMOVE_MAX) {
      return TextDialect.served(connection, request, TextReply.ERROR);
    }
    if (slabs != null) {
      slabs.automove((int) request.number);
    }
    return TextDialect.served(connection, request, TextReply.OK);
  }

  private Step ratio(Connection connection, TextRequest request, boolean ofAges) {
    if (!request.parseDecimal(3)) {
      return TextDialect.served(connection, request, TextReply.ERROR);
    }
    if (slabs != null && ofAges) {
      slabs.automoveRatio(request.decimal);
    } else if (slabs != null) {
      slabs.automoveFreeRatio(request.decimal);
    }
    return TextDialect.served(connection, request, TextReply.OK);
  }

  private Step window(Connection connection, TextRequest request) {
    if (!request.parseUint32(3)) {
      return TextDialect.refused(connection, request, TextError.BAD_COMMAND_LINE);
    }
    if (request.number < SlabControl.WINDOW_MIN_SECONDS
        || request.number > SlabControl.WINDOW_MAX_SECONDS) {
      return TextDialect.refused(connection, request, TextError.AUTOMOVE_WINDOW);
    }
    if (slabs != null) {
      slabs.automoveWindow((int) request.number);
    }
    return TextDialect.served(connection, request, TextReply.OK);
  }
}
