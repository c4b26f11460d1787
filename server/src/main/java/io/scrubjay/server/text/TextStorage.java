package io.scrubjay.server.text;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Reserve;
import io.scrubjay.protocol.text.TextError;
import io.scrubjay.protocol.text.TextReply;
import io.scrubjay.protocol.text.TextRequest;
import io.scrubjay.protocol.text.TextVerb;
import io.scrubjay.server.command.Exptime;
import io.scrubjay.server.command.Store;
import io.scrubjay.server.command.VerbContext;
import io.scrubjay.server.worker.Connection;
import io.scrubjay.server.worker.DatabaseSession;
import io.scrubjay.server.worker.Step;
import io.scrubjay.server.worker.Upload;

/// `set`, `add`, `replace`, `append`, `prepend` and `cas`. Source: spec 2.2. Threads: the worker's.
final class TextStorage {
  private static final int CRLF_BYTES = 2;

  private final DatabaseSession database;
  private final VerbContext context;
  private final Store store;
  private final Key key = new Key();

  TextStorage(DatabaseSession database) {
    this.database = database;
    this.context = database.context();
    this.store = new Store(context);
  }

  Step serve(Connection connection, TextRequest request, long to) {
    Upload upload = database.upload();
    key.at(request.segment, request.keyOffset, request.keyLength);
    context.prefixes().countSet(key);
    Reserve reserve =
        store.reserve(
            upload.draft(),
            key,
            request.clientFlags,
            Exptime.deadline(request.exptime, context.clock()),
            request.valueBytes);
    if (reserve != Reserve.RESERVED) {
      upload.giveBack();
      if (!store.refuse(key, reserve, request.verb == TextVerb.SET, mode(request.verb))) {
        return Step.ENGINE_PENDING;
      }
      TextDialect.refused(
          connection,
          request,
          reserve == Reserve.TOO_LARGE ? TextError.TOO_LARGE : TextError.OUT_OF_MEMORY_STORING);
      connection.swallow((long) request.valueBytes + CRLF_BYTES);
      return Step.SERVED;
    }
    upload.verb = request.verb.ordinal();
    upload.terms.plain(mode(request.verb), request.casUnique);
    upload.quiet = request.noreply;
    upload.begin(key, CRLF_BYTES);
    connection.consumedTo(upload.take(request.segment, request.lineEnd, to));
    if (!upload.complete() || uploaded(connection, upload) == Step.ENGINE_PENDING) {
      connection.upload(upload);
    } else {
      upload.giveBack();
    }
    return Step.SERVED;
  }

  Step uploaded(Connection connection, Upload upload) {
    if (upload.memoryRanOut()) {
      error(connection, upload, TextError.OUT_OF_MEMORY_READING);
      return Step.SERVED;
    }
    if (upload.tailWrong()) {
      error(connection, upload, TextError.BAD_DATA_CHUNK);
      return Step.SERVED;
    }
    Store.Outcome outcome = store.commit(upload.terms, upload.key(), upload.draft());
    if (outcome == Store.Outcome.PENDING) {
      return Step.ENGINE_PENDING;
    }
    if (upload.quiet) {
      connection.withhold(reply(outcome).line());
    } else {
      reply(outcome).writeTo(connection.out());
    }
    return Step.SERVED;
  }

  private static TextReply reply(Store.Outcome outcome) {
    return switch (outcome) {
      case STORED -> TextReply.STORED;
      case NOT_STORED -> TextReply.NOT_STORED;
      case EXISTS -> TextReply.EXISTS;
      case NOT_FOUND -> TextReply.NOT_FOUND;
      case PENDING -> throw new AssertionError("no reply yet");
    };
  }

  private static Store.Mode mode(TextVerb verb) {
    return switch (verb) {
      case SET -> Store.Mode.SET;
      case ADD -> Store.Mode.ADD;
      case REPLACE -> Store.Mode.REPLACE;
      case APPEND -> Store.Mode.APPEND;
      case PREPEND -> Store.Mode.PREPEND;
      case CAS -> Store.Mode.CAS;
      default -> throw new AssertionError(verb + " stores nothing");
    };
  }

  private static void error(Connection connection, Upload upload, TextError error) {
    if (upload.quiet) {
      connection.withhold(error.line());
    } else {
      error.writeTo(connection.out());
    }
  }
}
