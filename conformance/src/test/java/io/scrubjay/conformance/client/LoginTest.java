package io.scrubjay.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.Scrubjay;
import io.scrubjay.server.ServerOptions;
import io.scrubjay.server.options.BindingProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Java client that speaks SASL does so with `-S`.
@Timeout(60)
final class LoginTest {
  private static final int OPERATION_MILLIS_MAX = 20_000;

  private Scrubjay server;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Path users = Files.writeString(folder.resolve("users"), "jay:nut\n");
    server =
        Scrubjay.start(
            ServerOptions.builder()
                .port(0)
                .protocol(BindingProtocol.BINARY)
                .sasl(true)
                .saslPasswordFile(users.toString())
                .build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void spymemcached() throws Exception {
    MemcachedClient client =
        new MemcachedClient(
            new ConnectionFactoryBuilder()
                .setProtocol(ConnectionFactoryBuilder.Protocol.BINARY)
                .setAuthDescriptor(
                    new AuthDescriptor(
                        new String[] {"PLAIN"}, new PlainCallbackHandler("jay", "nut")))
                .setOpTimeout(OPERATION_MILLIS_MAX)
                .build(),
            List.of(server.address()));
    try {
      assertTrue(client.set("k", 0, "v").get());
      assertEquals("v", client.get("k"));
      assertEquals("0", server.statistics().get("auth_errors"));
    } finally {
      client.shutdown(1, TimeUnit.SECONDS);
    }
  }
}
