package io.scrubjay.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.conformance.subject.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is asked of every client, by operation. An operation that a client says it lacks must
/// really be refused by its adapter, so that a declaration can't hide a failure.
final class EverydayWork {
  private static final int MANY = 1_000;
  private static final int LARGE = 900_000;

  private final Target.Kind kind;
  private final Target target;

  EverydayWork(Target.Kind kind, Target target) {
    this.kind = kind;
    this.target = target;
  }

  /// False when the client has no call for it. Errors: `AssertionError` when the answer is another
  /// than it should be, or whatever the library throws.
  boolean ask(Clients library, Operation operation) throws Exception {
    try (var client = library.connect(target.port())) {
      String key = library.name() + "-" + operation.name();
      if (client.lacks().contains(operation)) {
        assertThrows(UnsupportedOperationException.class, () -> perform(client, operation, key));
        return false;
      }
      perform(client, operation, key);
      return true;
    }
  }

  private void perform(CacheClient client, Operation operation, String key) throws Exception {
    switch (operation) {
      case SET, GET -> setAndGet(client, key);
      case MULTIGET -> multiget(client, key, 3);
      case ADD -> add(client, key);
      case REPLACE -> replace(client, key);
      case APPEND -> append(client, key);
      case PREPEND -> prepend(client, key);
      case CAS -> cas(client, key);
      case INCR -> incr(client, key);
      case DECR -> decr(client, key);
      case TOUCH -> touch(client, key);
      case GET_AND_TOUCH -> getAndTouch(client, key);
      case DELETE -> delete(client, key);
      case FLUSH -> flush(client, key);
      case STATS -> assertEquals("64", client.stats().get("pointer_size"));
      case VERSION -> assertTrue(client.version().startsWith("1.6."), client.version());
      case EXPIRY -> expiry(client, key);
      case LARGE_VALUE -> largeValue(client, key);
      case MANY_KEYS -> multiget(client, key, MANY);
    }
  }

  private static void setAndGet(CacheClient client, String key) throws Exception {
    assertEquals(Optional.empty(), client.get(key));
    assertTrue(client.set(key, 0, "first"));
    assertEquals(Optional.of("first"), client.get(key));
    assertTrue(client.set(key, 0, "second, with blanks and ümläuts"));
    assertEquals(Optional.of("second, with blanks and ümläuts"), client.get(key));
  }

  private static void multiget(CacheClient client, String key, int count) throws Exception {
    Map<String, String> wanted = new HashMap<>();
    for (int i = 0; i < count; i++) {
      assertTrue(client.set(key + i, 0, "value" + i));
      wanted.put(key + i, "value" + i);
    }
    // every second key asked for is a miss
    var asked =
        IntStream.range(0, count)
            .boxed()
            .flatMap(i -> Stream.of(key + i, key + "missing" + i))
            .toList();
    assertEquals(wanted, client.get(asked));
  }

  private static void add(CacheClient client, String key) throws Exception {
    assertTrue(client.add(key, 0, "first"));
    assertFalse(client.add(key, 0, "second"));
    assertEquals(Optional.of("first"), client.get(key));
  }

  private static void replace(CacheClient client, String key) throws Exception {
    assertFalse(client.replace(key, 0, "first"));
    assertTrue(client.set(key, 0, "first"));
    assertTrue(client.replace(key, 0, "second"));
    assertEquals(Optional.of("second"), client.get(key));
  }

  private static void append(CacheClient client, String key) throws Exception {
    assertFalse(client.append(key, "x"));
    assertTrue(client.set(key, 0, "a"));
    assertTrue(client.append(key, "b"));
    assertEquals(Optional.of("ab"), client.get(key));
  }

  private static void prepend(CacheClient client, String key) throws Exception {
    assertFalse(client.prepend(key, "x"));
    assertTrue(client.set(key, 0, "b"));
    assertTrue(client.prepend(key, "a"));
    assertEquals(Optional.of("ab"), client.get(key));
  }

  private static void cas(CacheClient client, String key) throws Exception {
    assertTrue(client.set(key, 0, "first"));
    long token = client.casToken(key);
    assertTrue(client.cas(key, token, "second"));
    assertFalse(client.cas(key, token, "third"));
    assertEquals(Optional.of("second"), client.get(key));
  }

  private static void incr(CacheClient client, String key) throws Exception {
    assertTrue(client.set(key, 0, "9"));
    assertEquals(10, client.incr(key, 1));
    assertEquals(1_000_010, client.incr(key, 1_000_000));
  }

  private static void decr(CacheClient client, String key) throws Exception {
    assertTrue(client.set(key, 0, "10"));
    assertEquals(9, client.decr(key, 1));
    assertEquals(0, client.decr(key, 100));
  }

  private static void touch(CacheClient client, String key) throws Exception {
    assertFalse(client.touch(key, 100));
    assertTrue(client.set(key, 0, "x"));
    assertTrue(client.touch(key, 100));
    assertEquals(Optional.of("x"), client.get(key));
  }

  private static void getAndTouch(CacheClient client, String key) throws Exception {
    assertEquals(Optional.empty(), client.getAndTouch(key, 100));
    assertTrue(client.set(key, 0, "x"));
    assertEquals(Optional.of("x"), client.getAndTouch(key, 100));
  }

  private static void delete(CacheClient client, String key) throws Exception {
    assertFalse(client.delete(key));
    assertTrue(client.set(key, 0, "x"));
    assertTrue(client.delete(key));
    assertEquals(Optional.empty(), client.get(key));
  }

  private static void flush(CacheClient client, String key) throws Exception {
    assertTrue(client.set(key, 0, "x"));
    client.flush();
    assertEquals(Optional.empty(), client.get(key));
  }

  /// Only a server with a clock to move shows that the time was understood.
  private void expiry(CacheClient client, String key) throws Exception {
    int longTime = 30 * 24 * 3600;
    assertTrue(client.set(key + "long", longTime, "x"));
    assertEquals(Optional.of("x"), client.get(key + "long"));
    if (kind.movableClock()) {
      assertTrue(client.set(key, 2, "x"));
      assertEquals(Optional.of("x"), client.get(key));
      target.advanceSeconds(3);
      assertEquals(Optional.empty(), client.get(key));
    }
  }

  private static void largeValue(CacheClient client, String key) throws Exception {
    // nothing that compresses well: clients may do that on their own
    var random = new java.util.Random(7);
    var value = new StringBuilder();
    while (value.length() < LARGE) {
      value.append((char) random.nextInt('!', '~'));
    }
    assertTrue(client.set(key, 0, value.toString()));
    assertEquals(Optional.of(value.toString()), client.get(key));
  }
}
