/// What the tests of several rooms share: the model engine, the engine's contract, a clock the test
/// owns, transcripts. Test scope only: nothing that ships may read this module.
module io.scrubjay.testkit {
  requires transitive io.scrubjay.engine;
  requires transitive io.scrubjay.net;
  requires transitive org.junit.jupiter.api;
  requires jdk.management;
  requires static org.jspecify;

  exports io.scrubjay.testkit;
  exports io.scrubjay.testkit.transcript;
}
