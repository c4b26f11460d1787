package io.scrubjay.conformance.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.transcript.Peer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// A well-behaved client, connected before the trouble starts, that must not notice any of it.
public final class Bystander implements AutoCloseable {
  private final Peer peer;
  private final String value = "bystander".repeat(100);
  private final long connectionsBefore;

  public Bystander(int port) throws IOException {
    peer = Peer.connect(port);
    peer.send("set bystander 7 0 " + value.length() + "\r\n");
    assertEquals("STORED", peer.ask(value));
    connectionsBefore = statistic("curr_connections");
  }

  public void isServed() throws IOException {
    assertEquals("VALUE bystander 7 " + value.length(), peer.ask("get bystander"));
    assertEquals(value + "\r\n", peer.readLine());
    assertEquals("END\r\n", peer.readLine());
  }

  /// Closing takes the server a moment; it must get there without help.
  public void seesEveryoneElseGone() throws IOException {
    Await.until(
        "curr_connections of " + connectionsBefore,
        () -> statistic("curr_connections") == connectionsBefore);
  }

  public long statistic(String name) throws IOException {
    String value = statistics().get(name);
    assertTrue(value != null, () -> "no statistic " + name);
    return Long.parseLong(value);
  }

  private Map<String, String> statistics() throws IOException {
    Map<String, String> all = new HashMap<>();
    for (String line = peer.ask("stats"); !line.equals("END"); line = peer.readLine().strip()) {
      String[] words = line.split(" ", 3);
      assertEquals("STAT", words[0], line);
      all.put(words[1], words.length > 2 ? words[2] : "");
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
