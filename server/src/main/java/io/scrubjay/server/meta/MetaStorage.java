package io.scrubjay.server.meta;

import io.scrubjay.engine.ItemHeader;
import io.scrubjay.engine.Key;
import io.scrubjay.engine.Reserve;
import io.scrubjay.protocol.meta.MetaEncoder;
import io.scrubjay.protocol.meta.MetaError;
import io.scrubjay.protocol.meta.MetaItem;
import io.scrubjay.protocol.meta.MetaMode;
import io.scrubjay.protocol.meta.MetaRequest;
import io.scrubjay.protocol.meta.MetaStatus;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.Store;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;

/// `ms`. Source: spec 3.5. Threads: the worker's.
final class MetaStorage {
  private static final int CRLF_BYTES = 2;

  private final DatabaseSession database;
  private final VerbContext context;
  private final Store store;
  private final Key key = new Key();
  private final MetaItem item = new MetaItem();

  MetaStorage(DatabaseSession database) {
    this.database = database;
    this.context = database.context();
    this.store = new Store(context);
  }

  Step serve(Connection connection, MetaRequest request, TextRequest line, long to) {
    Upload upload = database.upload();
    key.at(request.keySegment, request.keyOffset, request.keyLength);
    readTerms(request, upload.terms);
    Reserve reserve =
        store.reserve(
            upload.draft(), key, request.clientFlags, deadline(request), request.valueBytes);
    if (reserve != Reserve.RESERVED) {
      upload.giveBack();
      return refuse(connection, request, reserve, upload.terms.mode);
    }
    upload.draft().marks(request.binaryKey ? ItemHeader.BINARY_KEY : 0);
    upload.verb = TextVerb.MS.ordinal();
    upload.begin(key, CRLF_BYTES);
    connection.consumedTo(upload.take(line.segment, line.lineEnd, to));
    if (!upload.complete() || uploaded(connection, upload, request) == Step.ENGINE_PENDING) {
      upload.meta.keep(request);
      connection.upload(upload);
    } else {
      upload.giveBack();
    }
    return Step.SERVED;
  }

  /// The value is there; `request` is the one that announced it, or what was kept of it.
  Step uploaded(Connection connection, Upload upload, MetaRequest request) {
    if (upload.memoryRanOut()) {
      MetaError.OUT_OF_MEMORY_READING.writeTo(connection.out());
      return Step.SERVED;
    }
    if (upload.tailWrong()) {
      MetaError.BAD_DATA_CHUNK.writeTo(connection.out());
      return Step.SERVED;
    }
    Store.Outcome outcome = store.commit(upload.terms, upload.key(), upload.draft());
    return switch (outcome) {
      case STORED -> {
        if (!request.quiet()) {
          reply(connection, MetaStatus.HD, request, store.storedCas(), store.storedBytes());
        }
        yield Step.SERVED;
      }
      case NOT_STORED -> notStored(connection, MetaStatus.NS, request);
      case EXISTS -> notStored(connection, MetaStatus.EX, request);
      case NOT_FOUND -> notStored(connection, MetaStatus.NF, request);
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  private Step notStored(Connection connection, MetaStatus status, MetaRequest request) {
    reply(connection, status, request, 0, request.valueBytes);
    return Step.SERVED;
  }

  private void reply(
      Connection connection, MetaStatus status, MetaRequest request, long cas, int valueBytes) {
    item.cas = cas;
    item.valueBytes = valueBytes;
    item.binaryKey = request.binaryKey;
    MetaEncoder.status(connection.out(), status, request, item);
  }

  /// What is stored under the key goes, whatever the mode: better a miss than a value that the
  /// client believes replaced (spec Q-16).
  private Step refuse(Connection connection, MetaRequest request, Reserve why, Store.Mode mode) {
    if (!store.refuse(key, why, true, mode)) {
      return Step.ENGINE_PENDING;
    }
    MetaError error =
        why == Reserve.TOO_LARGE ? MetaError.TOO_LARGE : MetaError.OUT_OF_MEMORY_STORING;
    error.writeTo(connection.out());
    connection.swallow((long) request.valueBytes + CRLF_BYTES);
    return Step.SERVED;
  }

  private int deadline(MetaRequest request) {
    boolean made = extending(request.mode) && request.has('N');
    return Exptime.deadline(made ? request.vivifyExptime : request.exptime, context.clock());
  }

  private static boolean extending(MetaMode mode) {
    return mode == MetaMode.APPEND || mode == MetaMode.PREPEND;
  }

  private static void readTerms(MetaRequest request, Store.Terms terms) {
    terms.plain(mode(request), request.compareCas);
    terms.explicitCas = request.explicitCas;
    terms.storesStale = request.has('I');
    terms.vivifies = request.has('N');
  }

  private static Store.Mode mode(MetaRequest request) {
    return switch (request.mode) {
      case SET -> request.has('C') ? Store.Mode.CAS : Store.Mode.SET;
      case REPLACE -> request.has('C') ? Store.Mode.CAS : Store.Mode.REPLACE;
      case ADD -> Store.Mode.ADD;
      case APPEND -> Store.Mode.APPEND;
      case PREPEND -> Store.Mode.PREPEND;
      case INCREMENT, DECREMENT -> throw new AssertionError(request.mode + " stores nothing");
    };
  }
}
