package io.scrubjay.conformance.client;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.BinaryMemcacheClient;
import com.spotify.folsom.MemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// folsom: Netty, completion stages, pipelines everything. It has no call for the version.
final class FolsomClient implements CacheClient {
  private static final int OPERATION_SECONDS_MAX = 20;

  /// The time to live with which the binary protocol's arithmetic makes no item.
  private static final int NEVER_CREATE = -1;

  private final Wire wire;
  private final MemcacheClient<String> client;

  FolsomClient(int port, Wire wire) throws Exception {
    this.wire = wire;
    var builder = MemcacheClientBuilder.newStringClient().withAddress("127.0.0.1", port);
    client =
        switch (wire) {
          case TEXT -> builder.connectAscii();
          case BINARY -> builder.connectBinary();
        };
    client.awaitConnected(OPERATION_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(OPERATION_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static boolean ok(CompletionStage<MemcacheStatus> stage) throws Exception {
    return await(stage) == MemcacheStatus.OK;
  }

  @Override
  public Set<Operation> lacks() {
    return wire == Wire.TEXT
        ? EnumSet.of(Operation.VERSION, Operation.GET_AND_TOUCH)
        : EnumSet.of(Operation.VERSION);
  }

  @Override
  public boolean set(String key, int exptime, String value) throws Exception {
    return ok(client.set(key, value, exptime));
  }

  @Override
  public Optional<String> get(String key) throws Exception {
    return Optional.ofNullable(await(client.get(key)));
  }

  @Override
  public Map<String, String> get(List<String> keys) throws Exception {
    var values = await(client.get(keys));
    Map<String, String> hits = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (values.get(i) != null) {
        hits.put(keys.get(i), values.get(i));
      }
    }
    return hits;
  }

  @Override
  public boolean add(String key, int exptime, String value) throws Exception {
    return ok(client.add(key, value, exptime));
  }

  @Override
  public boolean replace(String key, int exptime, String value) throws Exception {
    return ok(client.replace(key, value, exptime));
  }

  @Override
  public boolean append(String key, String value) throws Exception {
    return ok(client.append(key, value));
  }

  @Override
  public boolean prepend(String key, String value) throws Exception {
    return ok(client.prepend(key, value));
  }

  @Override
  public long casToken(String key) throws Exception {
    return await(client.casGet(key)).getCas();
  }

  @Override
  public boolean cas(String key, long token, String value) throws Exception {
    return ok(client.set(key, value, 0, token));
  }

  @Override
  public long incr(String key, long delta) throws Exception {
    return await(
        client instanceof BinaryMemcacheClient<String> binary
            ? binary.incr(key, delta, 0, NEVER_CREATE)
            : ((AsciiMemcacheClient<String>) client).incr(key, delta));
  }

  @Override
  public long decr(String key, long delta) throws Exception {
    return await(
        client instanceof BinaryMemcacheClient<String> binary
            ? binary.decr(key, delta, 0, NEVER_CREATE)
            : ((AsciiMemcacheClient<String>) client).decr(key, delta));
  }

  @Override
  public boolean touch(String key, int exptime) throws Exception {
    return ok(client.touch(key, exptime));
  }

  @Override
  public Optional<String> getAndTouch(String key, int exptime) throws Exception {
    if (client instanceof BinaryMemcacheClient<String> binary) {
      return Optional.ofNullable(await(binary.getAndTouch(key, exptime)));
    }
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean delete(String key) throws Exception {
    return ok(client.delete(key));
  }

  @Override
  public void flush() throws Exception {
    await(client.flushAll(0));
  }

  @Override
  public Map<String, String> stats() throws Exception {
    return await(client.getStats("")).values().iterator().next().getStats();
  }

  @Override
  public String version() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
