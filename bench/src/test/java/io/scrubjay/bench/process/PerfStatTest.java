package io.scrubjay.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PerfStatTest {
  @Test
  void whatTheMachineDoesNotCountIsAbsent() {
    var counts =
        PerfStat.parse(
            List.of(
                "# started on some day",
                "",
                "109,,raw_syscalls:sys_enter,1524406,100.00,,",
                "<not supported>,,instructions:u,0,100.00,,",
                "<not counted>,,cycles:u,0,0.00,,"));
    assertEquals(Map.of("raw_syscalls:sys_enter", 109.0), counts);
  }
}
