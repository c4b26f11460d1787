package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every [Network]'s unix sockets promise.
@Timeout(20)
abstract class UnixSocketContract {
  private final Network network;
  @TempDir Path folder;

  UnixSocketContract(Network network) {
    this.network = network;
  }

  private UnixDomainSocketAddress address(String name) {
    return UnixDomainSocketAddress.of(folder.resolve(name));
  }

  @Test
  void aClientIsAcceptedAndItsBytesCome() throws IOException {
    UnixDomainSocketAddress address = address("s");
    try (ServerSocket server = network.listen(address, 0700, 8);
        Poller poller = network.openPoller();
        Arena arena = Arena.ofConfined();
        var client = SocketChannel.open(address)) {
      assertEquals(address, server.localAddress());
      client.write(ByteBuffer.wrap(new byte[] {42}));
      int[] told = new int[1];
      poller.watch(server, Poller.READ, readiness -> told[0] = readiness);
      while (told[0] == 0) {
        poller.poll(5_000);
      }
      StreamSocket accepted = server.accept();
      assertNotNull(accepted);
      assertEquals(address, accepted.localAddress());
      assertEquals(UnixDomainSocketAddress.of(""), accepted.remoteAddress());
      MemorySegment buffer = arena.allocate(8);
      poller.watch(accepted, Poller.READ, _ -> accepted.read(buffer, 0, 8));
      while (buffer.get(JAVA_BYTE, 0) == 0) {
        poller.poll(5_000);
      }
      poller.forget(accepted);
      accepted.close();
      poller.forget(server);
    }
    assertTrue(Files.exists(address.getPath()), "the file stays");
  }

  @Test
  void theFileHasThePermissionsAskedFor() throws IOException {
    int[] modes = {0700, 0777, 0640, 0};
    for (int mode : modes) {
      UnixDomainSocketAddress address = address("m" + mode);
      network.listen(address, mode, 8).close();
      var permissions = Files.getPosixFilePermissions(address.getPath());
      StringBuilder expected = new StringBuilder("rwxrwxrwx");
      for (int bit = 0; bit < 9; bit++) {
        if ((mode & 0400 >> bit) == 0) {
          expected.setCharAt(bit, '-');
        }
      }
      assertEquals(expected.toString(), PosixFilePermissions.toString(permissions));
    }
  }

  @Test
  void aSocketLeftBehindIsReplaced() throws IOException {
    network.listen(address("s"), 0700, 8).close();
    network.listen(address("s"), 0700, 8).close();
  }

  @Test
  void anotherFileIsRefusedAndStays() throws IOException {
    Path file = Files.createFile(folder.resolve("f"));
    assertThrows(IOException.class, () -> network.listen(address("f"), 0700, 8));
    assertTrue(Files.isRegularFile(file));
  }

  /// Nor is any device: `-s /dev/null` as root must not take it away.
  @Test
  void aPipeIsRefusedAndStays() throws Exception {
    Path pipe = folder.resolve("p");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertThrows(IOException.class, () -> network.listen(address("p"), 0700, 8));
    assertTrue(Files.exists(pipe));
  }

  @Test
  void aPathThatIsTooLongIsRefused() {
    assertThrows(IOException.class, () -> network.listen(address("x".repeat(108)), 0700, 8));
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThrows(IOException.class, () -> network.listen(address("none/s"), 0700, 8));
  }
}
