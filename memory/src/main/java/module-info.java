/// Off-heap regions, byte search, hashing and number text: the only room that does address
/// arithmetic. Depends on the JDK alone. Start reading at [io.scrubjay.memory.Region].
module io.scrubjay.memory {
  requires static org.jspecify;

  exports io.scrubjay.memory;
}
