package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-S`: SASL, and nothing else before it (spec B-07, 6.1).
final class SaslLoginTest {
  private static final int LIST = 0x20;
  private static final int AUTH = 0x21;
  private static final int STEP = 0x22;
  private static final String FAILURE = " 20 0 - - Auth failure.";

  @TempDir private Path folder;
  private Path file;
  private Scrubjay server;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("pwdb");
    Files.writeString(file, "jay:nut:comment\n");
    server = Scrubjay.start(options().build());
  }

  private ServerOptions.Builder options() {
    return ServerOptions.builder()
        .port(0)
        .threads(1)
        .sasl(true)
        .protocol(io.scrubjay.server.options.BindingProtocol.BINARY)
        .saslPasswordFile(file.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String ask(Client client, Packet packet) {
    client.send(packet.bytes());
    return Packet.reply(client);
  }

  private static String plain(Client client, String message) {
    return ask(client, Packet.of(AUTH).key("PLAIN").value(message));
  }

  @Test
  void plainAuthenticatesAndThenEverythingIsServed() {
    try (Client client = new Client(server)) {
      assertEquals("20 00 0 - - SCRAM-SHA-256 PLAIN", ask(client, Packet.of(LIST)));
      assertEquals("0b 00 0 - - 1.6.45", ask(client, Packet.of(0x0b)));
      assertEquals("21" + FAILURE, plain(client, "\0jay\0nuts"));
      assertEquals("21 00 0 - - Authenticated", plain(client, "\0jay\0nut"));
      assertEquals("01 00 2 - - -", ask(client, Packet.of(0x01).key("k").store(0, 0).value("v")));
      assertEquals("00 00 2 00000000 - v", ask(client, Packet.of(0x00).key("k")));
      assertEquals("2", server.statistics().get("auth_cmds"));
      assertEquals("1", server.statistics().get("auth_errors"));
    }
  }

  @Test
  void authenticatingAgainBeginsAnew() {
    try (Client client = new Client(server)) {
      plain(client, "\0jay\0nut");
      assertEquals("21" + FAILURE, plain(client, "\0jay\0nuts"));
      assertEquals("00" + FAILURE, ask(client, Packet.of(0x00).key("k")));
      assertTrue(client.closed());
    }
  }

  @Test
  void theFirstLoginDecidesOnTheDatabase() throws Exception {
    Files.writeString(file, "jay:nut\nann:{database=a}nut\nbob:{database=a}nut\n");
    ServerOptions options =
        options().engine("model").engineSettings(Map.of("databases", "default:a")).build();
    try (Scrubjay own = Scrubjay.start(options);
        Client ann = new Client(own);
        Client jay = new Client(own)) {
      plain(ann, "\0ann\0nut");
      plain(jay, "\0jay\0nut");
      assertEquals("01 00 2 - - -", ask(ann, Packet.of(0x01).key("k").store(0, 0).value("v")));
      assertEquals("00 01 0 - - Not found", ask(jay, Packet.of(0x00).key("k")));
      assertEquals("21 00 0 - - Authenticated", plain(ann, "\0bob\0nut"));
      assertEquals("00 00 2 00000000 - v", ask(ann, Packet.of(0x00).key("k")));
      assertEquals("21" + FAILURE, plain(ann, "\0jay\0nut"));
      assertEquals("00" + FAILURE, ask(ann, Packet.of(0x00).key("k")));
      assertTrue(ann.closed());
    }
  }

  @Test
  void stepsOnlyContinue() {
    try (Client client = new Client(server)) {
      assertEquals("22" + FAILURE, ask(client, Packet.of(STEP).key("PLAIN").value("\0jay\0nut")));
      assertEquals("21 21 0 - - -", plain(client, ""));
      assertEquals(
          "22 00 0 - - Authenticated",
          ask(client, Packet.of(STEP).key("PLAIN").value("\0jay\0nut")));
      assertEquals("0a 00 0 - - -", ask(client, Packet.of(0x0a)));
    }
  }

  private static String scram(Client client, int opcode, String message) {
    return ask(client, Packet.of(opcode).key("SCRAM-SHA-256").value(message));
  }

  /// The server's first message, to a client that has sent its own.
  private static String challenge(Client client, ScramClient scram) {
    String answer = scram(client, AUTH, scram.first());
    assertTrue(answer.startsWith("21 21 0 - - r="), answer);
    return answer.substring(answer.indexOf("r="));
  }

  @Test
  void scramTakesTwoStepsMore() throws Exception {
    ScramClient scram = new ScramClient("jay");
    try (Client client = new Client(server)) {
      ScramClient.Proof proof = scram.prove(challenge(client, scram), "nut");
      assertEquals("0b 00 0 - - 1.6.45", ask(client, Packet.of(0x0b)));
      assertEquals("22 21 0 - - " + proof.serverFinal(), scram(client, STEP, proof.clientFinal()));
      assertEquals("0", server.statistics().get("auth_cmds"));
      assertEquals("22 00 0 - - Authenticated", scram(client, STEP, ""));
      assertEquals("0a 00 0 - - -", ask(client, Packet.of(0x0a)));
      assertEquals("1", server.statistics().get("auth_cmds"));
      assertEquals("0", server.statistics().get("auth_errors"));
    }
  }

  @Test
  void scramWithAnotherPasswordFailsAndIsOver() throws Exception {
    ScramClient scram = new ScramClient("jay");
    try (Client client = new Client(server)) {
      ScramClient.Proof wrong = scram.prove(challenge(client, scram), "nuts");
      assertEquals("22" + FAILURE, scram(client, STEP, wrong.clientFinal()));
      assertEquals("22" + FAILURE, scram(client, STEP, ""));
      ScramClient.Proof right = scram.prove(challenge(client, scram), "nut");
      assertEquals("22" + FAILURE, scram(client, STEP, wrong.clientFinal()));
      assertEquals("22" + FAILURE, scram(client, STEP, right.clientFinal()));
      assertEquals("21 00 0 - - Authenticated", plain(client, "\0jay\0nut"));
    }
  }

  /// At each step of the way but the last.
  @Test
  void whoIsHalfwayIsNobodyYet() throws Exception {
    ScramClient scram = new ScramClient("jay");
    for (int steps = 0; steps <= 1; steps++) {
      try (Client client = new Client(server)) {
        ScramClient.Proof proof = scram.prove(challenge(client, scram), "nut");
        if (steps == 1) {
          scram(client, STEP, proof.clientFinal());
        }
        assertEquals("00" + FAILURE, ask(client, Packet.of(0x00).key("k")));
        assertTrue(client.closed());
      }
    }
  }

  @Test
  void attemptsInOnePacketAreTakenInOrder() {
    try (Client client = new Client(server)) {
      for (String message : new String[] {"\0jay\0nuts", "\0jay\0nut", "\0jay\0nuts"}) {
        client.send(Packet.of(AUTH).key("PLAIN").value(message).bytes());
        client.send(Packet.of(0x0b).bytes());
      }
      client.send(Packet.of(0x0a).bytes());
      for (String outcome : new String[] {FAILURE, " 00 0 - - Authenticated", FAILURE}) {
        assertEquals("21" + outcome, Packet.reply(client));
        assertEquals("0b 00 0 - - 1.6.45", Packet.reply(client));
      }
      assertEquals("0a" + FAILURE, Packet.reply(client));
      assertTrue(client.closed());
    }
  }

  @Test
  void mechanismsThatAreNone() {
    try (Client client = new Client(server)) {
      assertEquals("21" + FAILURE, ask(client, Packet.of(AUTH).key("CRAM-MD5").value("x")));
      String invalid = "21 04 0 - - Invalid arguments";
      assertEquals(invalid, ask(client, Packet.of(AUTH).key("M".repeat(33)).value("x")));
      assertEquals(invalid, ask(client, Packet.of(AUTH).key("PLAIN").value("x".repeat(100_000))));
      assertEquals("21 00 0 - - Authenticated", plain(client, "\0jay\0nut"));
    }
  }

  @Test
  void noOpcodeGetsPast() {
    for (int opcode = 0; opcode < 256; opcode++) {
      for (int shape = 0; shape < 4; shape++) {
        Packet packet =
            switch (shape) {
              case 0 -> Packet.of(opcode);
              case 1 -> Packet.of(opcode).key("key");
              case 2 -> Packet.of(opcode).key("key").store(0, 0).value("v");
              default -> Packet.of(opcode).key("key").exptime(0);
            };
        boolean mayAsk = opcode == 0x0b || (opcode >= LIST && opcode <= STEP);
        if (!mayAsk) {
          try (Client client = new Client(server)) {
            assertEquals(String.format("%02x", opcode) + FAILURE, ask(client, packet));
            assertTrue(client.closed(), "opcode " + opcode);
          }
        }
      }
    }
    assertEquals("0", server.statistics().get("curr_items"));
    assertEquals("0", server.statistics().get("cmd_get"));
    assertEquals("0", server.statistics().get("cmd_flush"));
  }

  @Test
  void textIsNotUnderstood() {
    try (Client client = new Client(server)) {
      client.send("get k\r\n" + "x".repeat(30));
      assertEquals(0, client.rest().length);
    }
  }

  @Test
  void lengthsThatContradictEachOtherAreToldFirst() {
    try (Client client = new Client(server)) {
      client.send(Packet.of(0x00).key("key").bytes(3, 0, 2));
      assertEquals("00 81 0 - - Unknown command", Packet.reply(client));
      assertTrue(client.closed());
    }
  }

  @Test
  void anExchangeIsTheSameAtEverySplitPoint() {
    byte[] request = Packet.of(AUTH).key("PLAIN").value("\0jay\0nut").bytes();
    for (int cut = 1; cut < request.length; cut++) {
      try (Client client = new Client(server)) {
        client.send(java.util.Arrays.copyOf(request, cut));
        ByteBuffer rest = ByteBuffer.allocate(request.length - cut + 24);
        rest.put(request, cut, request.length - cut).put(Packet.of(0x0a).bytes());
        client.send(rest.array());
        assertEquals("21 00 0 - - Authenticated", Packet.reply(client));
        assertEquals("0a 00 0 - - -", Packet.reply(client));
      }
    }
  }
}
