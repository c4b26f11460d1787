package io.scrubjay.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What an [EventLoop] promises over any network's poller.
@Timeout(20)
abstract class EventLoopContract {
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final CountingTurn turn = new CountingTurn();
  private final Network network;
  private EventLoop loop;
  private Thread thread;

  EventLoopContract(Network network) throws IOException {
    this.network = network;
    loop = new EventLoop(network.openPoller(), turn, (at, failure) -> failures.add(failure));
    thread = new Thread(loop, "loop under test");
  }

  @BeforeEach
  void threadIsADaemon() {
    thread.setDaemon(true);
  }

  @AfterEach
  void loopEnds() throws InterruptedException {
    loop.stop();
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    thread.join();
  }

  @Test
  void echoesWhatAClientSends() throws Exception {
    try (ServerSocket server = network.listen(loopback(), 8)) {
      loop.poller().watch(server, Poller.READ, readiness -> echo(server));
      thread.start();
      try (var client = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
        client.setSoTimeout(20_000);
        byte[] sent = {1, 2, 3, 4, 5};
        client.getOutputStream().write(sent);
        assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
      }
    }
    assertEquals(List.of(), failures);
  }

  @Test
  void tasksRunInOrderOnTheLoopsThread() throws Exception {
    var ran = new ArrayList<Integer>();
    var done = new CountDownLatch(1);
    IntStream.range(0, 100).forEach(i -> loop.execute(() -> ran.add(i)));
    thread.start();
    var ranOn = new Thread[1];
    loop.execute(
        () -> {
          ranOn[0] = Thread.currentThread();
          done.countDown();
        });
    done.await();
    assertSame(thread, ranOn[0]);
    assertEquals(IntStream.range(0, 100).boxed().toList(), ran);
  }

  /// Each task but the first is handed over while the loop is about to wait again.
  @Test
  void aTaskHandedOverAsTheLoopFallsAsleepIsRun() throws Exception {
    thread.start();
    for (int i = 0; i < 10_000; i++) {
      var ran = new CountDownLatch(1);
      assertTrue(loop.execute(ran::countDown));
      ran.await();
    }
  }

  @Test
  void noMoreTasksThanTheLimitRunInOneTurn() throws Exception {
    var mostInOneTurn = new AtomicInteger();
    var done = new CountDownLatch(1);
    int tasks = 3 * EventLoop.TASKS_PER_TURN_MAX + 1;
    int[] inTurn = new int[2];
    for (int i = 0; i < tasks; i++) {
      loop.execute(
          () -> {
            inTurn[0] = turn.begun.get() == inTurn[1] ? inTurn[0] + 1 : 1;
            inTurn[1] = turn.begun.get();
            mostInOneTurn.accumulateAndGet(inTurn[0], Math::max);
          });
    }
    loop.execute(done::countDown);
    thread.start();
    done.await();
    assertEquals(EventLoop.TASKS_PER_TURN_MAX, mostInOneTurn.get());
  }

  @Test
  void aTaskMoreThanMayWaitIsRefused() {
    for (int i = 0; i < EventLoop.TASKS_WAITING_MAX; i++) {
      assertTrue(loop.execute(() -> {}));
    }
    assertFalse(loop.execute(() -> {}));
  }

  @Test
  void stopRunsQueuedTasksAndRefusesLaterOnes() throws Exception {
    var ran = new AtomicInteger();
    for (int i = 0; i < 2 * EventLoop.TASKS_PER_TURN_MAX; i++) {
      loop.execute(ran::incrementAndGet);
    }
    loop.execute(() -> loop.execute(ran::incrementAndGet));
    loop.stop();
    thread.start();
    thread.join();
    assertEquals(2 * EventLoop.TASKS_PER_TURN_MAX + 1, ran.get());
    assertFalse(loop.execute(ran::incrementAndGet));
  }

  @Test
  void everyTaskAcceptedFromManyThreadsRunsThoughTheLoopStopsMeanwhile() throws Exception {
    var ran = new AtomicInteger();
    var accepted = new AtomicInteger();
    thread.start();
    var producers = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      producers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (loop.execute(ran::incrementAndGet)) {
                      accepted.incrementAndGet();
                      if (accepted.get() == 10_000) {
                        loop.stop();
                      }
                    }
                  }));
    }
    for (Thread producer : producers) {
      producer.join();
    }
    loop.stop();
    thread.join();
    assertEquals(accepted.get(), ran.get());
  }

  @Test
  void aTaskThatThrowsIsReportedAndTheLoopGoesOn() throws Exception {
    var failure = new IllegalStateException("of a task");
    var done = new CountDownLatch(1);
    thread.start();
    loop.execute(
        () -> {
          throw failure;
        });
    loop.execute(done::countDown);
    done.await();
    assertEquals(List.of(failure), failures);
  }

  @Test
  void aHandlerThatThrowsIsReportedAndTheLoopGoesOn() throws Exception {
    var failure = new IllegalStateException("of a handler");
    var done = new CountDownLatch(1);
    try (ServerSocket server = network.listen(loopback(), 8)) {
      loop.poller()
          .watch(
              server,
              Poller.READ,
              readiness -> {
                loop.poller().forget(server);
                throw failure;
              });
      thread.start();
      try (var client = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
        turn.awaitTurns(1);
        loop.execute(done::countDown);
        done.await();
        assertTrue(client.isConnected());
      }
    }
    assertEquals(List.of(failure), failures);
  }

  @Test
  void aTurnHookThatThrowsIsReportedAndTheLoopGoesOn() throws Exception {
    turn.failures = 2;
    thread.start();
    var done = new CountDownLatch(1);
    loop.execute(() -> {});
    turn.awaitTurns(1);
    loop.execute(done::countDown);
    done.await();
    assertEquals(2, failures.size());
  }

  @Test
  void workLeftAtTheEndOfATurnIsNotWaitedWith() throws Exception {
    turn.turnsWithWorkLeft = 5;
    thread.start();
    loop.execute(() -> {});
    turn.awaitTurns(6);
  }

  private void echo(ServerSocket server) {
    try {
      StreamSocket accepted = server.accept();
      if (accepted == null) {
        return;
      }
      MemorySegment buffer = Arena.ofAuto().allocate(64);
      loop.poller()
          .watch(
              accepted,
              Poller.READ,
              readiness -> {
                int count = accepted.read(buffer, 0, 64);
                if (count == StreamSocket.CLOSED) {
                  loop.poller().forget(accepted);
                  accepted.close();
                } else if (count > 0) {
                  assertEquals(1, buffer.get(JAVA_BYTE, 0));
                  assertEquals(count, accepted.write(buffer, 0, count));
                }
              });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static int port(ServerSocket server) {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /// Counts turns; at first leaves work over, or throws from both hooks, as often as asked to.
  private static final class CountingTurn implements Turn {
    final AtomicInteger begun = new AtomicInteger();
    volatile int turnsWithWorkLeft;
    volatile int failures;
    private int ended;

    @Override
    public void begins() {
      begun.incrementAndGet();
      if (failures == 2) {
        failures = 1;
        throw new IllegalStateException("of begins");
      }
    }

    @Override
    public synchronized boolean ends() {
      ended++;
      notifyAll();
      if (failures == 1) {
        failures = 0;
        throw new IllegalStateException("of ends");
      }
      return ended <= turnsWithWorkLeft;
    }

    synchronized void awaitTurns(int count) throws InterruptedException {
      while (ended < count) {
        wait();
      }
    }
  }
}
