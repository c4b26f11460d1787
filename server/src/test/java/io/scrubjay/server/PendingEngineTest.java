package io.scrubjay.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrubjay.testkit.FakeClock;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// An engine that answers "later" at random changes no answer and no order, in any protocol.
///
/// Strategy: the same seeded stream of pipelined commands goes to a server whose engine always
/// answers at once and to one whose engine makes every second lookup wait; all bytes that come back
/// must be equal.
final class PendingEngineTest {
  private static final int COMMANDS = 600;
  private static final String LARGE = "L".repeat(70_000);

  @Test
  void textAndMetaAnswersAreTheSame() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < COMMANDS; i++) {
      stream.append(textCommand(random));
    }
    byte[] commands = (stream + "quit\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(answers(commands, 0, seed), answers(commands, 0.5, seed), "seed " + seed);
  }

  @Test
  void binaryAnswersAreTheSame() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < COMMANDS; i++) {
      stream.writeBytes(packet(random).bytes());
    }
    stream.writeBytes(Packet.of(0x07).bytes());
    byte[] commands = stream.toByteArray();
    assertEquals(answers(commands, 0, seed), answers(commands, 0.5, seed), "seed " + seed);
  }

  /// Over UDP the next datagram waits in the kernel meanwhile.
  @Test
  void datagramsAreAnsweredTheSame() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> datagrams = new ArrayList<>();
    while (datagrams.size() < COMMANDS / 4) {
      String commands = textCommand(random) + textCommand(random) + textCommand(random);
      if (commands.length() < 1000) {
        datagrams.add(commands);
      }
    }
    assertEquals(
        datagramAnswers(datagrams, 0, seed), datagramAnswers(datagrams, 0.5, seed), "seed " + seed);
  }

  private static List<String> datagramAnswers(
      List<String> datagrams, double pendingShare, long seed) throws Exception {
    List<String> answers = new ArrayList<>();
    try (Scrubjay server = Scrubjay.start(options(pendingShare, seed).udpPort(-1).build());
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(Client.TIMEOUT_MILLIS);
      for (String commands : datagrams) {
        String header = "\0\1\0\0\0\1\0\0";
        byte[] request = (header + commands + "mn\r\n").getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(request, request.length, server.udpAddresses().getFirst()));
        String answer;
        do {
          DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
          socket.receive(packet);
          answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
          answers.add(answer);
        } while (!answer.endsWith("MN\r\n"));
      }
    }
    return answers;
  }

  private static String answers(byte[] commands, double pendingShare, long seed) throws Exception {
    try (Scrubjay server = Scrubjay.start(options(pendingShare, seed).build());
        Client client = new Client(server)) {
      Thread sender = Thread.ofVirtual().start(() -> client.send(commands));
      String answers = new String(client.rest(), StandardCharsets.ISO_8859_1);
      sender.join();
      return answers;
    }
  }

  private static ServerOptions.Builder options(double pendingShare, long seed) {
    return ServerOptions.builder()
        .port(0)
        .threads(1)
        .engine("model")
        .engineSettings(Map.of("pending_share", "" + pendingShare, "seed", Long.toString(seed)))
        .clock(new FakeClock());
  }

  private static String textCommand(Random random) {
    String key = "k" + random.nextInt(4);
    String other = "k" + random.nextInt(4);
    String value = random.nextInt(12) == 0 ? LARGE : "" + random.nextInt(200);
    String data = value.length() + "\r\n" + value + "\r\n";
    String sized = value.length() + " ";
    return switch (random.nextInt(22)) {
      case 0, 1 -> "set " + key + " 5 0 " + data;
      case 2 -> "add " + key + " 5 0 " + data;
      case 3 -> "append " + key + " 0 0 " + data;
      case 4 -> "cas " + key + " 0 0 1 " + random.nextInt(40) + "\r\nx\r\n";
      case 5 -> "set " + key + " 0 0 2000000\r\n" + "z".repeat(2_000_000) + "\r\n";
      case 6 -> "gets " + key + " " + other + " none " + key + "\r\n";
      case 7 -> "gat 100 " + key + " " + other + "\r\n";
      case 8 -> "incr " + key + " 5\r\n";
      case 9 -> "delete " + key + "\r\n";
      case 10 -> "touch " + key + " 50\r\n";
      case 11 -> "mg " + key + " v h l t c k O7\r\n";
      case 12 -> "mg " + key + " v N30 R90 T100\r\n";
      case 13 -> "mg " + key + " v q\r\nmn\r\n";
      case 14 -> "md " + key + " I T30\r\n";
      case 15 -> "md " + key + " x C" + random.nextInt(40) + "\r\n";
      case 16 -> "ma " + key + " N0 J5 v c T30 t\r\n";
      case 17 -> "me " + key + "\r\n";
      case 18 -> "ms " + key + " " + sized + "MA N30 s c k O9\r\n" + value + "\r\n";
      case 19 -> "ms " + key + " " + sized + "C5 I s c\r\n" + value + "\r\n";
      case 20 -> "ms " + key + " 2000000 q\r\n" + "z".repeat(2_000_000) + "\r\n";
      default ->
          "ms " + key + " " + sized + "c q E" + random.nextInt(1, 90) + "\r\n" + value + "\r\n";
    };
  }

  private static Packet packet(Random random) {
    String key = "k" + random.nextInt(4);
    String value = random.nextInt(12) == 0 ? LARGE : "" + random.nextInt(200);
    int quiet = random.nextBoolean() ? 0x10 : 0;
    return switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          Packet.of(1 + random.nextInt(3) + quiet)
              .key(key)
              .store(3, 0)
              .value(value)
              .cas(random.nextInt(4) == 0 ? random.nextInt(30) : 0);
      case 3 -> Packet.of(random.nextBoolean() ? 0x0e : 0x1a).key(key).value(value);
      case 4 -> Packet.of(4 + quiet).key(key);
      case 5 -> Packet.of(5 + quiet).key(key).counter(1, 5, 0);
      case 6 -> Packet.of(random.nextBoolean() ? 0x1c : 0x24).key(key).exptime(100);
      case 7 -> Packet.of(0x01).key(key).store(0, 0).value("z".repeat(2_000_000));
      default -> Packet.of(random.nextBoolean() ? 0x0c : 0x09).key(key);
    };
  }
}
