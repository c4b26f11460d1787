/// `main`: memcached's flags to options, and the process around the server.
module io.scrubjay.cli {
  requires io.scrubjay.server;
  requires static org.jspecify;
}
