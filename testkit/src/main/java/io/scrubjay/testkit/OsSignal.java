package io.scrubjay.testkit;

/// The operating system's signals, which the JDK can't send. It needs a shell and nothing else:
/// `kill` as a program of its own is a package that not every machine has.
public final class OsSignal {
  private OsSignal() {}

  /// Sends the signal called `name`, such as `USR1`, to process `pid`.
  ///
  /// Errors: `AssertionError` when the shell could not send it.
  public static void send(String name, long pid) throws Exception {
    String command = "kill -" + name + " " + pid;
    Process kill = new ProcessBuilder("sh", "-c", command).inheritIO().start();
    int status = Await.result(command, kill::waitFor);
    if (status != 0) {
      throw new AssertionError(command + " ended with status " + status);
    }
  }
}
