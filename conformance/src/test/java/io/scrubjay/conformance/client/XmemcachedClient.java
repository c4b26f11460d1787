package io.scrubjay.conformance.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.command.BinaryCommandFactory;
import net.rubyeye.xmemcached.command.TextCommandFactory;

/// xmemcached: java.nio, its own threads, optimises gets that follow each other into one.
final class XmemcachedClient implements CacheClient {
  private static final int OPERATION_MILLIS_MAX = 20_000;

  private final Wire wire;
  private final MemcachedClient client;

  XmemcachedClient(int port, Wire wire) throws Exception {
    this.wire = wire;
    var builder =
        new XMemcachedClientBuilder(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    builder.setCommandFactory(
        switch (wire) {
          case TEXT -> new TextCommandFactory();
          case BINARY -> new BinaryCommandFactory();
        });
    builder.setOpTimeout(OPERATION_MILLIS_MAX);
    client = builder.build();
  }

  /// Its get-and-touch is a command of the binary protocol only.
  @Override
  public Set<Operation> lacks() {
    return wire == Wire.TEXT
        ? EnumSet.of(Operation.GET_AND_TOUCH)
        : EnumSet.noneOf(Operation.class);
  }

  @Override
  public boolean set(String key, int exptime, String value) throws Exception {
    return client.set(key, exptime, value);
  }

  @Override
  public Optional<String> get(String key) throws Exception {
    return Optional.ofNullable(client.get(key));
  }

  @Override
  public Map<String, String> get(List<String> keys) throws Exception {
    return client.get(keys);
  }

  @Override
  public boolean add(String key, int exptime, String value) throws Exception {
    return client.add(key, exptime, value);
  }

  @Override
  public boolean replace(String key, int exptime, String value) throws Exception {
    return client.replace(key, exptime, value);
  }

  @Override
  public boolean append(String key, String value) throws Exception {
    return client.append(key, value);
  }

  @Override
  public boolean prepend(String key, String value) throws Exception {
    return client.prepend(key, value);
  }

  @Override
  public long casToken(String key) throws Exception {
    return client.gets(key).getCas();
  }

  @Override
  public boolean cas(String key, long token, String value) throws Exception {
    return client.cas(key, 0, value, token);
  }

  @Override
  public long incr(String key, long delta) throws Exception {
    return client.incr(key, delta);
  }

  @Override
  public long decr(String key, long delta) throws Exception {
    return client.decr(key, delta);
  }

  @Override
  public boolean touch(String key, int exptime) throws Exception {
    return client.touch(key, exptime);
  }

  @Override
  public Optional<String> getAndTouch(String key, int exptime) throws Exception {
    return Optional.ofNullable(client.getAndTouch(key, exptime));
  }

  @Override
  public boolean delete(String key) throws Exception {
    return client.delete(key);
  }

  @Override
  public void flush() throws Exception {
    client.flushAll();
  }

  @Override
  public Map<String, String> stats() throws Exception {
    return client.getStats().values().iterator().next();
  }

  @Override
  public String version() throws Exception {
    return client.getVersions().values().iterator().next();
  }

  @Override
  public void close() throws IOException {
    client.shutdown();
  }
}
