package io.scrubjay.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every [Poller] promises.
abstract class PollerContract extends NetworkContract {
  PollerContract(Network network) throws IOException {
    super(network);
  }

  @Test
  void whatIsStillReadyIsToldAgain() throws IOException {
    Pair pair = connected();
    pair.client().write(buffer, 0, 1);
    awaitReadable(pair.accepted());
    int[] calls = new int[1];
    poller.watch(pair.accepted(), Poller.READ, readiness -> calls[0]++);
    assertEquals(1, poller.poll(WAIT_MILLIS));
    assertEquals(1, poller.poll(WAIT_MILLIS));
    assertEquals(2, calls[0]);
  }

  @Test
  void interestDecidesWhatIsTold() throws IOException {
    Pair pair = connected();
    pair.client().write(buffer, 0, 1);
    awaitReadable(pair.accepted());
    List<Integer> told = new ArrayList<>();
    poller.watch(pair.accepted(), 0, told::add);
    assertEquals(0, poller.poll(0));
    poller.interest(pair.accepted(), Poller.WRITE);
    assertEquals(1, poller.poll(WAIT_MILLIS));
    poller.interest(pair.accepted(), Poller.READ | Poller.WRITE);
    assertEquals(1, poller.poll(WAIT_MILLIS));
    poller.interest(pair.accepted(), Poller.READ);
    assertEquals(1, poller.poll(WAIT_MILLIS));
    poller.interest(pair.accepted(), 0);
    assertEquals(0, poller.poll(0));
    assertEquals(List.of(Poller.WRITE, Poller.READ | Poller.WRITE, Poller.READ), told);
  }

  @Test
  void aSocketWatchedForNothingIsNotToldItsPeersReset() throws IOException {
    try (var client = new Socket()) {
      client.connect(server.localAddress());
      StreamSocket accepted = accepted();
      List<Integer> told = new ArrayList<>();
      poller.watch(accepted, 0, told::add);
      reset(client);
      assertEquals(0, poller.poll(50));
      poller.interest(accepted, Poller.READ);
      poller.poll(WAIT_MILLIS);
      assertEquals(List.of(Poller.READ), told);
    }
  }

  @Test
  void aSocketForgottenByAnotherHandlerIsNotCalled() throws IOException {
    Pair one = readyPair();
    Pair other = readyPair();
    List<StreamSocket> called = new ArrayList<>();
    poller.watch(one.accepted(), Poller.READ, readiness -> forgetting(one, other, called));
    poller.watch(other.accepted(), Poller.READ, readiness -> forgetting(other, one, called));
    assertEquals(2, poller.await(WAIT_MILLIS));
    assertEquals(1, poller.dispatch());
    assertEquals(1, called.size());
  }

  private void forgetting(Pair own, Pair other, List<StreamSocket> called) {
    called.add(own.accepted());
    poller.forget(other.accepted());
  }

  @Test
  void interestTakenBackByAnotherHandlerHoldsAtOnce() throws IOException {
    Pair one = readyPair();
    Pair other = readyPair();
    int[] calls = new int[1];
    for (Pair pair : List.of(one, other)) {
      StreamSocket rest = pair.equals(one) ? other.accepted() : one.accepted();
      poller.watch(
          pair.accepted(),
          Poller.READ,
          readiness -> {
            calls[0]++;
            poller.interest(rest, Poller.WRITE);
          });
    }
    assertEquals(2, poller.await(WAIT_MILLIS));
    poller.dispatch();
    assertEquals(1, calls[0]);
  }

  @Test
  void readinessOfAClosedSocketDoesNotReachTheNextUnderItsNumber() throws IOException {
    aHandlerReplacesTheOther(
        victim -> {
          poller.forget(victim);
          victim.close();
        });
  }

  @Test
  void readinessOfASocketThePollerClosedDoesNotReachTheNextUnderItsNumber() throws IOException {
    aHandlerReplacesTheOther(poller::close);
  }

  @Test
  void whatThePollerClosesIsClosedWatchedOrNot() throws IOException {
    for (boolean watched : List.of(true, false)) {
      Pair pair = connected();
      if (watched) {
        poller.watch(pair.accepted(), Poller.READ, readiness -> assertTrue(false, "told"));
      }
      poller.close(pair.accepted());
      poller.close(pair.accepted());
      poller.watch(pair.client(), Poller.READ, readiness -> {});
      assertEquals(1, poller.poll(WAIT_MILLIS));
      assertEquals(StreamSocket.CLOSED, pair.client().read(arena.allocate(1), 0, 1));
      poller.forget(pair.client());
    }
  }

  private void aHandlerReplacesTheOther(Consumer<StreamSocket> closing) throws IOException {
    Pair one = readyPair();
    Pair other = readyPair();
    List<ServerSocket> replacements = new ArrayList<>();
    for (Pair pair : List.of(one, other)) {
      StreamSocket victim = pair.equals(one) ? other.accepted() : one.accepted();
      poller.watch(
          pair.accepted(), Poller.READ, readiness -> replacements.add(replaced(victim, closing)));
    }
    assertEquals(2, poller.await(WAIT_MILLIS));
    assertEquals(1, poller.dispatch());
    assertEquals(1, replacements.size());
  }

  /// Closes the socket and watches another under the same number, which nothing makes ready.
  private ServerSocket replaced(StreamSocket victim, Consumer<StreamSocket> closing) {
    closing.accept(victim);
    try {
      ServerSocket next = network.listen(loopback(0), 8);
      opened.add(next);
      assertEquals(victim.id(), next.id());
      poller.watch(next, Poller.READ, readiness -> assertTrue(false, "nobody connected"));
      return next;
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void aForgottenSocketCanBeWatchedAgainAtOnce() throws IOException {
    Pair pair = readyPair();
    List<String> told = new ArrayList<>();
    poller.watch(pair.accepted(), Poller.READ, readiness -> told.add("first"));
    poller.forget(pair.accepted());
    poller.watch(pair.accepted(), Poller.READ, readiness -> told.add("second"));
    poller.poll(WAIT_MILLIS);
    assertEquals(List.of("second"), told);
  }

  @Test
  void mistakesOfTheWatcherAreRefused() throws IOException {
    Pair pair = connected();
    assertThrows(IllegalStateException.class, () -> poller.interest(pair.accepted(), Poller.READ));
    poller.forget(pair.accepted());
    poller.watch(pair.accepted(), Poller.READ, readiness -> {});
    assertThrows(
        IllegalStateException.class,
        () -> poller.watch(pair.accepted(), Poller.READ, readiness -> {}));
  }

  @Test
  void aHandlerThatThrowsKeepsNoOtherFromItsCall() throws IOException {
    var failures = List.of(new IllegalStateException("one"), new IllegalStateException("two"));
    int[] calls = new int[1];
    for (Pair pair : List.of(readyPair(), readyPair())) {
      poller.watch(
          pair.accepted(),
          Poller.READ,
          readiness -> {
            throw failures.get(calls[0]++);
          });
    }
    assertEquals(2, poller.await(WAIT_MILLIS));
    var thrown = assertThrows(IllegalStateException.class, poller::dispatch);
    assertEquals(2, calls[0]);
    assertSame(failures.get(0), thrown);
    assertSame(failures.get(1), thrown.getSuppressed()[0]);
  }

  @Test
  void moreReadySocketsThanTheLimitAreToldOverSeveralWaits() throws IOException {
    int sockets = Poller.READY_MAX + 44;
    int[] calls = new int[sockets];
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < sockets; i++) {
      pairs.add(readyPair());
    }
    for (int i = 0; i < sockets; i++) {
      int number = i;
      poller.watch(pairs.get(i).accepted(), Poller.READ, readiness -> calls[number]++);
    }
    assertEquals(Poller.READY_MAX, poller.poll(WAIT_MILLIS));
    for (int more = 0; more < 3; more++) {
      assertTrue(poller.poll(WAIT_MILLIS) <= Poller.READY_MAX);
    }
    for (int i = 0; i < sockets; i++) {
      assertTrue(calls[i] >= 1, "socket " + i + " was never told");
    }
  }

  @Test
  void wakeupFromAnotherThreadEndsAWait() throws Exception {
    Thread waker = Thread.ofPlatform().start(poller::wakeup);
    assertEquals(0, poller.await(-1));
    waker.join();
  }

  @Test
  void aStormOfWakeupsEndsOneWait() throws IOException {
    for (int i = 0; i < 1000; i++) {
      poller.wakeup();
    }
    assertEquals(0, poller.await(-1));
    long before = System.nanoTime();
    assertEquals(0, poller.await(60));
    assertTrue(System.nanoTime() - before >= 50_000_000L, "the second wait ended early");
    poller.wakeup();
    assertEquals(0, poller.await(-1));
  }

  @Test
  void wakeupAndCloseAfterCloseDoNothing() throws IOException {
    Poller closed = network.openPoller();
    closed.close();
    closed.wakeup();
    closed.close();
  }

  @Test
  void aSocketMayBeForgottenAfterThePollerClosed() throws IOException {
    Poller closed = network.openPoller();
    Pair pair = connected();
    closed.watch(pair.accepted(), Poller.READ, _ -> {});
    closed.close();
    closed.forget(pair.accepted());
  }

  private Pair readyPair() throws IOException {
    Pair pair = connected();
    pair.client().write(buffer, 0, 1);
    awaitReadable(pair.accepted());
    return pair;
  }
}
