package io.scrubjay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.server.options.ListenOptions;
import io.scrubjay.testkit.Await;
import io.scrubjay.testkit.FakeClock;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `stats conns`: every socket of every worker, with its address, its state and its silence.
/// Source: spec 2.8.5, and memcached 1.6.18's answers.
final class ConnectionsPageTest {
  @Test
  void everyStateIsToldByEveryWorkerInSocketOrder() throws Exception {
    FakeClock clock = new FakeClock();
    try (Scrubjay server =
            Scrubjay.start(ServerOptions.builder().port(0).threads(3).clock(clock).build());
        Client asking = new Client(server);
        Client silent = new Client(server);
        Client idle = new Client(server);
        Client inLine = new Client(server);
        Client inValue = new Client(server);
        Client tooLarge = new Client(server);
        Client notReading = new Client(server)) {
      idle.ask("version\r\n");
      inLine.send("get par");
      inValue.send("set x 0 0 100\r\nabc");
      tooLarge.send("set b 0 0 2000000\r\nabc");
      asking.ask("set v 0 0 1000000\r\n" + "v".repeat(1_000_000) + "\r\n");
      notReading.send("get v v v v v v v v v v\r\n".repeat(20));
      Map<Client, String> wanted =
          Map.of(
              asking, "conn_parse_cmd",
              silent, "conn_new_cmd",
              idle, "conn_read",
              inLine, "conn_read",
              inValue, "conn_nread",
              tooLarge, "conn_swallow",
              notReading, "conn_mwrite");
      Await.until(
          "states " + wanted.values(),
          () -> {
            Map<String, String> page = page(asking);
            return wanted.keySet().stream()
                .collect(toMap(it -> it, it -> state(page, it)))
                .equals(wanted);
          });

      clock.advanceSeconds(7);
      Map<String, String> page = page(asking);
      String listener = idOf(page, "addr", "tcp:127.0.0.1:" + server.address().getPort());
      assertEquals("conn_listening", page.get(listener + ":state"));
      assertEquals("7", page.get(listener + ":secs_since_last_cmd"));
      String id = idOf(page, "addr", "tcp:127.0.0.1:" + idle.localPort());
      assertEquals("7", page.get(id + ":secs_since_last_cmd"));
      assertEquals("tcp:127.0.0.1:" + server.address().getPort(), page.get(id + ":listen_addr"));
      List<Integer> ids =
          page.keySet().stream().map(name -> Integer.valueOf(name.split(":", 2)[0])).toList();
      assertEquals(ids.stream().sorted().toList(), ids);
      assertEquals(8, ids.stream().distinct().count());
    }
  }

  @Test
  void ipv6AddressesAreShortAndInBrackets() throws Exception {
    try (Scrubjay server =
            Scrubjay.start(ServerOptions.builder().listen(List.of("::1")).port(0).build());
        Client asking = new Client(server)) {
      Map<String, String> page = page(asking);
      String id = idOf(page, "addr", "tcp6:[::1]:" + asking.localPort());
      assertEquals("tcp6:[::1]:" + server.address().getPort(), page.get(id + ":listen_addr"));
    }
  }

  /// who comes through a unix socket has no name.
  @Test
  void unixSocketsAreToldByTheirPath(@TempDir Path folder) throws Exception {
    String path = folder.resolve("s").toString();
    var unix = new ListenOptions.UnixSocket(path, 0700);
    var listening = new ListenOptions(List.of(), List.of(), unix, List.of(), 8, null, 0, 0, 0700);
    try (Scrubjay _ =
            Scrubjay.start(ServerOptions.builder().threads(1).listening(listening).build());
        var asking = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      asking.write(ByteBuffer.wrap("stats conns\r\nquit\r\n".getBytes(US_ASCII)));
      String page = new String(Channels.newInputStream(asking).readAllBytes(), US_ASCII);
      for (String row :
          List.of(
              ":addr unix:" + path,
              ":state conn_listening",
              ":addr ?:<AF 0>",
              ":listen_addr unix:" + path)) {
        assertTrue(page.contains(row + "\r\n"), page);
      }
    }
  }

  @Test
  void udpSocketsAreToldAsSuch() throws Exception {
    try (Scrubjay server = Scrubjay.start(ServerOptions.builder().port(0).udpPort(-1).build());
        Client asking = new Client(server)) {
      Map<String, String> page = page(asking);
      int port = server.udpAddresses().getFirst().getPort();
      String id = idOf(page, "addr", "udp:127.0.0.1:" + port);
      assertEquals("UDP", page.get(id + ":UDP"));
      assertEquals("conn_read", page.get(id + ":state"));
      assertFalse(page.containsKey(id + ":listen_addr"), page.toString());
    }
  }

  @Test
  void moreConnectionsThanAreToldAtOnceAreAllTold() throws Exception {
    int count = 2500;
    List<Client> clients = new ArrayList<>();
    try (Scrubjay server =
        Scrubjay.start(ServerOptions.builder().port(0).threads(1).connectionsMax(4000).build())) {
      IntStream.range(0, count).forEach(_ -> clients.add(new Client(server)));
      assertEquals("VERSION 1.6.45", clients.getLast().ask("version\r\n"));
      assertEquals(
          count + 1L,
          page(clients.getFirst()).keySet().stream().filter(it -> it.endsWith(":state")).count());
    } finally {
      clients.forEach(Client::close);
    }
  }

  private static Map<String, String> page(Client asking) {
    asking.send("stats conns\r\n");
    Map<String, String> page = new LinkedHashMap<>();
    for (String line = asking.line(); !line.equals("END"); line = asking.line()) {
      String[] words = line.split(" ", 3);
      page.put(words[1], words[2]);
    }
    return page;
  }

  private static String state(Map<String, String> page, Client client) {
    String address = "tcp:127.0.0.1:" + client.localPort();
    return page.containsValue(address)
        ? page.getOrDefault(idOf(page, "addr", address) + ":state", "none")
        : "not accepted yet";
  }

  private static String idOf(Map<String, String> page, String name, String value) {
    return page.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(":" + name) && entry.getValue().equals(value))
        .map(entry -> entry.getKey().split(":", 2)[0])
        .findFirst()
        .orElseThrow(() -> new AssertionError(value + " is not in " + page));
  }
}
