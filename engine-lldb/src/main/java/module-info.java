/// The persistent engine: items in a log-structured merge tree on disk (RocksDB). Found by
/// `ServiceLoader` under the name `lldb`; nothing outside may name its types.
module io.scrubjay.engine.lldb {
  requires io.scrubjay.engine;
  requires rocksdbjni;
  requires static org.jspecify;

  provides io.scrubjay.engine.EngineProvider with
      io.scrubjay.engine.lldb.LldbEngineProvider;
}
