/// JMH micro benchmarks, the load generator, and the comparison with a real memcached.
module io.scrubjay.bench {
  requires io.scrubjay.engine;
  requires io.scrubjay.net;
  requires io.scrubjay.protocol;
  requires io.scrubjay.server;
  requires java.management;
  requires HdrHistogram;
  requires jmh.core;
  requires rocksdbjni;
  requires static org.jspecify;

  uses io.scrubjay.engine.EngineProvider;
}
