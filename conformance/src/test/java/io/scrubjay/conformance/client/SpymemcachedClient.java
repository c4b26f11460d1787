package io.scrubjay.conformance.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CASResponse;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;

/// spymemcached: one java.nio thread, futures, merges gets that wait in its queue.
final class SpymemcachedClient implements CacheClient {
  private static final int OPERATION_MILLIS_MAX = 20_000;

  private final Set<Operation> lacks;
  private final MemcachedClient client;

  SpymemcachedClient(int port, Wire wire, Set<Operation> lacks) throws Exception {
    this.lacks = lacks;
    var protocol =
        switch (wire) {
          case TEXT -> Protocol.TEXT;
          case BINARY -> Protocol.BINARY;
        };
    client =
        new MemcachedClient(
            new ConnectionFactoryBuilder()
                .setProtocol(protocol)
                .setOpTimeout(OPERATION_MILLIS_MAX)
                .build(),
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  /// What its forks lack may be less.
  @Override
  public Set<Operation> lacks() {
    return lacks;
  }

  @Override
  public boolean set(String key, int exptime, String value) throws Exception {
    return client.set(key, exptime, value).get();
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable((String) client.get(key));
  }

  @Override
  public Map<String, String> get(List<String> keys) {
    Map<String, String> hits = new HashMap<>();
    client.getBulk(keys).forEach((key, value) -> hits.put(key, (String) value));
    return hits;
  }

  @Override
  public boolean add(String key, int exptime, String value) throws Exception {
    return client.add(key, exptime, value).get();
  }

  @Override
  public boolean replace(String key, int exptime, String value) throws Exception {
    return client.replace(key, exptime, value).get();
  }

  @Override
  public boolean append(String key, String value) throws Exception {
    return client.append(key, value).get();
  }

  @Override
  public boolean prepend(String key, String value) throws Exception {
    return client.prepend(key, value).get();
  }

  @Override
  public long casToken(String key) {
    return client.gets(key).getCas();
  }

  @Override
  public boolean cas(String key, long token, String value) {
    return client.cas(key, token, value) == CASResponse.OK;
  }

  @Override
  public long incr(String key, long delta) {
    return client.incr(key, delta);
  }

  @Override
  public long decr(String key, long delta) {
    return client.decr(key, delta);
  }

  @Override
  public boolean touch(String key, int exptime) throws Exception {
    return client.touch(key, exptime).get();
  }

  @Override
  public Optional<String> getAndTouch(String key, int exptime) {
    var hit = client.getAndTouch(key, exptime);
    return hit == null ? Optional.empty() : Optional.of((String) hit.getValue());
  }

  @Override
  public boolean delete(String key) throws Exception {
    return client.delete(key).get();
  }

  @Override
  public void flush() throws Exception {
    client.flush().get();
  }

  @Override
  public Map<String, String> stats() {
    return client.getStats().values().iterator().next();
  }

  @Override
  public String version() {
    return client.getVersions().values().iterator().next();
  }

  @Override
  public void close() {
    client.shutdown(1, TimeUnit.SECONDS);
  }
}
