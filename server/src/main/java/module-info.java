/// The glue: dispatcher, workers, connections, verbs, statistics, and the embedding API. Start
/// reading at [io.scrubjay.server.Scrubjay].
module io.scrubjay.server {
  requires transitive io.scrubjay.protocol;
  requires transitive io.scrubjay.net;
  requires transitive io.scrubjay.engine;
  requires static org.jspecify;

  uses io.scrubjay.engine.EngineProvider;

  exports io.scrubjay.server;
  exports io.scrubjay.server.options;
}
