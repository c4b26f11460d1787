package io.scrubjay.cli.process;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The sockets that systemd opens for a service: `LISTEN_FDS` of them from descriptor 3 on, meant
/// for the process `LISTEN_PID`. Source: `sd_listen_fds(3)`.
public final class SocketActivation {
  private static final int FIRST_DESCRIPTOR = 3;
  private static final int DESCRIPTORS_MAX = 1024;

  private SocketActivation() {}

  public static List<Integer> descriptors(Map<String, String> environment, long pid) {
    String owner = environment.getOrDefault("LISTEN_PID", "");
    String number = environment.getOrDefault("LISTEN_FDS", "");
    if (!owner.equals(Long.toString(pid)) || !number.matches("[0-9]{1,4}")) {
      return List.of();
    }
    int count = Math.min(Integer.parseInt(number), DESCRIPTORS_MAX);
    return IntStream.range(FIRST_DESCRIPTOR, FIRST_DESCRIPTOR + count).boxed().toList();
  }
}
