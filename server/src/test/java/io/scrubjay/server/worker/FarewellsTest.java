package io.scrubjay.server.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.net.Poller;
import io.scrubjay.testkit.HandDrivenNetwork;
import io.scrubjay.testkit.MemoryStreamSocket;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How long a socket outlives its connection.
final class FarewellsTest {
  private static final int SOCKETS_MAX = 10;

  private final Arena arena = Arena.ofConfined();
  private final HandDrivenNetwork poller = new HandDrivenNetwork(() -> {});
  private final List<Runnable> limits = new ArrayList<>();
  private int ended;
  private final Farewells farewells =
      new Farewells(poller, arena, SOCKETS_MAX, limits::add, () -> ended++);

  @AfterEach
  void free() {
    arena.close();
  }

  private static MemoryStreamSocket sent(int id, int bytes) {
    var socket = new MemoryStreamSocket(id);
    socket.peer().send(new byte[bytes]);
    return socket;
  }

  private void ready(MemoryStreamSocket socket) {
    assertEquals(Poller.READ, poller.interest(socket.id()));
    poller.ready(socket.id(), Poller.READ);
  }

  @Test
  void whoMaySendOnIsReadThoughNothingHasComeYet() {
    MemoryStreamSocket socket = sent(1, 0);
    farewells.close(socket, true);
    assertFalse(socket.isClosed());
    socket.peer().send(new byte[10]);
    ready(socket);
    assertEquals(0, socket.peer().unreadBytes());
    socket.peer().close();
    ready(socket);
    assertTrue(socket.isClosed());
    assertEquals(1, ended);
  }

  @Test
  void whoHasGoneSendsNoMore() {
    MemoryStreamSocket gone = sent(1, 0);
    gone.peer().close();
    farewells.close(gone, true);
    assertTrue(gone.isClosed());
    assertTrue(farewells.isEmpty());
  }

  @Test
  void whoHasNothingUnreadIsClosedAtOnce() {
    MemoryStreamSocket silent = sent(1, 0);
    MemoryStreamSocket gone = sent(2, 0);
    gone.peer().close();
    for (MemoryStreamSocket socket : List.of(silent, gone)) {
      farewells.close(socket, false);
      assertTrue(socket.isClosed());
    }
    assertTrue(farewells.isEmpty());
    assertEquals(0, limits.size());
  }

  @Test
  void whoSendsOnIsReadUntilItCloses() {
    MemoryStreamSocket socket = sent(1, 100_000);
    farewells.close(socket, false);
    socket.peer().send(new byte[10]);
    for (int i = 0; i < 10; i++) {
      ready(socket);
    }
    assertEquals(0, socket.peer().unreadBytes());
    assertFalse(socket.isClosed());
    socket.peer().close();
    ready(socket);
    assertTrue(socket.isClosed());
    assertEquals(0, poller.interest(1));
    assertEquals(1, ended);
  }

  @Test
  void whoSendsWithoutEndIsClosed() {
    MemoryStreamSocket socket = sent(1, Farewells.BYTES_MAX + 100_000);
    farewells.close(socket, false);
    while (!socket.isClosed()) {
      ready(socket);
    }
    int read = Farewells.BYTES_MAX + 100_000 - socket.peer().unreadBytes();
    assertTrue(read >= Farewells.BYTES_MAX && read < Farewells.BYTES_MAX + 50_000, "" + read);
    assertTrue(farewells.isEmpty());
  }

  @Test
  void whoStaysTooLongIsClosedOnce() {
    MemoryStreamSocket socket = sent(1, 1);
    farewells.close(socket, false);
    assertFalse(socket.isClosed());
    limits.forEach(Runnable::run);
    assertTrue(socket.isClosed());
    limits.forEach(Runnable::run);
    assertEquals(1, ended);
  }

  @Test
  void soManyAtATimeAndNoMore() {
    for (int id = 0; id < SOCKETS_MAX; id++) {
      MemoryStreamSocket socket = sent(id, 1);
      farewells.close(socket, false);
      assertFalse(socket.isClosed());
    }
    MemoryStreamSocket tooMany = sent(SOCKETS_MAX, 1);
    farewells.close(tooMany, false);
    assertTrue(tooMany.isClosed());
    farewells.endAll();
    assertTrue(farewells.isEmpty());
    assertEquals(SOCKETS_MAX, ended);
  }

  @Test
  void whereNobodyComesAnyMoreAllMayStay() {
    farewells.nobodyComes();
    for (int id = 0; id < 3 * SOCKETS_MAX; id++) {
      MemoryStreamSocket socket = sent(id, 1);
      farewells.close(socket, false);
      assertFalse(socket.isClosed());
    }
  }
}
