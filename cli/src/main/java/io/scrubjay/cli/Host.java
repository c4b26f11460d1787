package io.scrubjay.cli;

import io.scrubjay.cli.process.SocketActivation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the command line must know about the machine; a test passes its own.
interface Host {
  boolean root();

  String userName();

  boolean userExists(String name);

  boolean ipv6();

  Map<String, String> environment();

  /// Descriptors of listening sockets that systemd hands down (`sd_listen_fds(3)`).
  List<Integer> inheritedSockets();

  /// The bytes of a file, `bytesMax` at most.
  ///
  /// Errors: what the file system says.
  default byte[] read(String file, int bytesMax) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(bytesMax);
    }
  }

  /// The machine that this process runs on.
  static Host system() {
    return new Host() {
      @Override
      public boolean root() {
        try {
          return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException noProc) {
          return userName().equals("root");
        }
      }

      @Override
      public String userName() {
        return System.getProperty("user.name", "");
      }

      // The lookup takes a number for a user's number, where memcached takes it for a name; no
      // account of that name is known to anyone, so digits alone are unknown here.
      @Override
      public boolean userExists(String name) {
        if (name.chars().allMatch(Character::isDigit)) {
          return false;
        }
        try {
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
          return true;
        } catch (IOException | UnsupportedOperationException unknown) {
          return false;
        }
      }

      @Override
      public Map<String, String> environment() {
        return System.getenv();
      }

      @Override
      public List<Integer> inheritedSockets() {
        return SocketActivation.descriptors(System.getenv(), ProcessHandle.current().pid());
      }

      @Override
      public boolean ipv6() {
        return !Files.isDirectory(Path.of("/proc/net"))
            || Files.exists(Path.of("/proc/net/if_inet6"));
      }
    };
  }
}
