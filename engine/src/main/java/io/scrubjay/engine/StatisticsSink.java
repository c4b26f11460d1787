package io.scrubjay.engine;

/// Takes figures in the order they are to be printed.
public interface StatisticsSink {
  void put(String name, String value);

  default void put(String name, long value) {
    put(name, Long.toString(value));
  }
}
