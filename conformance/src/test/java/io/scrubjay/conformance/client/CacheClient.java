package io.scrubjay.conformance.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A client library, reduced to what every one of them offers in its own words. Values are text.
///
/// Errors: `UnsupportedOperationException` from exactly the calls behind the operations in
/// [#lacks]; whatever the library throws otherwise. Ownership: closing disconnects. Public, as is
/// what it mentions, for the adapter of a [ForkedLibrary], which another class loader has loaded.
public interface CacheClient extends AutoCloseable {
  /// Operations for which the library has no call.
  Set<Operation> lacks();

  /// `exptime` in memcached's terms: 0 never, negative already over.
  boolean set(String key, int exptime, String value) throws Exception;

  Optional<String> get(String key) throws Exception;

  /// Only the hits.
  Map<String, String> get(List<String> keys) throws Exception;

  boolean add(String key, int exptime, String value) throws Exception;

  boolean replace(String key, int exptime, String value) throws Exception;

  boolean append(String key, String value) throws Exception;

  boolean prepend(String key, String value) throws Exception;

  /// The number that a later [#cas] must bring.
  long casToken(String key) throws Exception;

  boolean cas(String key, long token, String value) throws Exception;

  long incr(String key, long delta) throws Exception;

  long decr(String key, long delta) throws Exception;

  boolean touch(String key, int exptime) throws Exception;

  Optional<String> getAndTouch(String key, int exptime) throws Exception;

  boolean delete(String key) throws Exception;

  void flush() throws Exception;

  Map<String, String> stats() throws Exception;

  String version() throws Exception;

  @Override
  void close() throws IOException;
}
