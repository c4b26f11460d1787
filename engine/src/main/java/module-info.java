/// The storage SPI: what any store promises, and nothing of how. Start reading at
/// [io.scrubjay.engine.Engine], then [io.scrubjay.engine.Session].
module io.scrubjay.engine {
  requires transitive io.scrubjay.memory;
  requires static org.jspecify;

  exports io.scrubjay.engine;
}
