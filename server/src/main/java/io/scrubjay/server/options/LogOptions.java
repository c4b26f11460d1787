package io.scrubjay.server.options;

/// What the server tells its operator and its watchers. Immutable.
///
/// @param verbosity `-v` count
/// @param watcherLogbufBytes lines waiting for one watcher
/// @param workerLogbufBytes lines of one worker waiting to be given to watchers
public record LogOptions(int verbosity, int watcherLogbufBytes, int workerLogbufBytes) {
  public static final int WATCHER_LOGBUF_BYTES_DEFAULT = 256 << 10;
  public static final int WORKER_LOGBUF_BYTES_DEFAULT = 64 << 10;
}
