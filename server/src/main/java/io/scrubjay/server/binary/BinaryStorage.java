package io.scrubjay.server.binary;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Reserve;
import io.scrubjay.protocol.binary.BinaryOpcode;
import io.scrubjay.protocol.binary.BinaryRequest;
import io.scrubjay.protocol.binary.BinaryStatus;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.Store;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;

/// `SET`, `ADD`, `REPLACE`, `APPEND` and `PREPEND`. Source: spec 4.2. Threads: the worker's.
final class BinaryStorage {
  private final DatabaseSession database;
  private final VerbContext context;
  private final Store store;
  private final Key key = new Key();

  /// The request that an upload's reply is made for: its header is all that the reply repeats.
  private final BinaryRequest announced = new BinaryRequest();

  BinaryStorage(DatabaseSession database) {
    this.database = database;
    this.context = database.context();
    this.store = new Store(context);
  }

  Step serve(Connection connection, BinaryRequest request, long to) {
    Upload upload = database.upload();
    key.at(request.segment, request.keyOffset, request.keyLength);
    context.prefixes().countSet(key);
    long exptime = Integer.toUnsignedLong(request.exptime);
    Reserve reserve =
        store.reserve(
            upload.draft(),
            key,
            request.clientFlags,
            Exptime.deadline(exptime, context.clock()),
            request.valueBytes);
    if (reserve != Reserve.RESERVED) {
      upload.giveBack();
      return refuse(connection, request, reserve);
    }
    upload.terms.plain(mode(request), request.cas);
    upload.verb = request.opcodeByte;
    upload.quiet = request.quiet;
    upload.opaque = request.opaque;
    upload.begin(key, 0);
    connection.consumedTo(upload.take(request.segment, request.headEnd, to));
    if (!upload.complete() || uploaded(connection, upload) == Step.ENGINE_PENDING) {
      connection.upload(upload);
    } else {
      upload.giveBack();
    }
    return Step.SERVED;
  }

  Step uploaded(Connection connection, Upload upload) {
    announced.opcodeByte = upload.verb;
    announced.opaque = upload.opaque;
    announced.quiet = upload.quiet;
    if (upload.memoryRanOut()) {
      return BinaryDialect.refused(connection, announced, BinaryStatus.OUT_OF_MEMORY_READING);
    }
    Store.Outcome outcome = store.commit(upload.terms, upload.key(), upload.draft());
    return switch (outcome) {
      case STORED -> BinaryDialect.succeeded(connection, announced, store.storedCas());
      case NOT_STORED -> BinaryDialect.refused(connection, announced, notStored(upload.terms.mode));
      case EXISTS -> BinaryDialect.refused(connection, announced, BinaryStatus.EXISTS);
      case NOT_FOUND -> BinaryDialect.refused(connection, announced, BinaryStatus.NOT_FOUND);
      case PENDING -> Step.ENGINE_PENDING;
    };
  }

  private Step refuse(Connection connection, BinaryRequest request, Reserve why) {
    if (!store.refuse(key, why, request.opcode == BinaryOpcode.SET, null)) {
      return Step.ENGINE_PENDING;
    }
    connection.swallow(request.valueBytes);
    return BinaryDialect.refused(
        connection,
        request,
        why == Reserve.TOO_LARGE ? BinaryStatus.TOO_LARGE : BinaryStatus.OUT_OF_MEMORY_ALLOCATING);
  }

  /// Why a mode did not store, which text leaves unsaid.
  private static BinaryStatus notStored(Store.Mode mode) {
    return switch (mode) {
      case ADD -> BinaryStatus.EXISTS;
      case REPLACE -> BinaryStatus.NOT_FOUND;
      case SET, APPEND, PREPEND, CAS -> BinaryStatus.NOT_STORED;
    };
  }

  /// A CAS id makes any of the three that replace a compare-and-set, `ADD` too; with `-C` it is not
  /// looked at.
  private Store.Mode mode(BinaryRequest request) {
    boolean compares = request.cas != 0 && context.carriesCas();
    return switch (request.opcode) {
      case SET -> compares ? Store.Mode.CAS : Store.Mode.SET;
      case ADD -> compares ? Store.Mode.CAS : Store.Mode.ADD;
      case REPLACE -> compares ? Store.Mode.CAS : Store.Mode.REPLACE;
      case APPEND -> Store.Mode.APPEND;
      case PREPEND -> Store.Mode.PREPEND;
      default -> throw new AssertionError(request.opcode + " stores nothing");
    };
  }
}
