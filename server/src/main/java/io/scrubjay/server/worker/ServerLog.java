package io.scrubjay.server.worker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.scrubjay.engine.Key;
import io.scrubjay.engine.Lookup;
import io.scrubjay.server.command.LookupTrace;
import io.scrubjay.server.options.BindingProtocol;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the server says to its operator. Environment's failures are told once per cause: the first
/// time a message's text occurs; memory for that is bounded by [#CAUSES_MAX].
///
/// Threads: any.
public final class ServerLog implements LookupTrace {
  static final int CAUSES_MAX = 256;

  private final PrintStream out;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private volatile int verbosity;

  public ServerLog(PrintStream out, int verbosity) {
    this.out = out;
    this.verbosity = verbosity;
  }

  public int verbosity() {
    return verbosity;
  }

  public void verbosity(int level) {
    verbosity = level;
  }

  public void line(String text) {
    out.println(text);
  }

  /// `-vv`: what connections do and ask for is told too.
  public boolean echoes() {
    return verbosity > 1;
  }

  /// `-vvv`: each step on the way of a request is told too.
  @Override
  public boolean traces() {
    return verbosity > 2;
  }

  @Override
  public void lookedUp(Key key, Lookup lookup) {
    String name = printable(key.segment(), key.offset(), key.length());
    line(
        switch (lookup) {
          case HIT -> "> FOUND KEY " + name;
          case MISS -> "> NOT FOUND " + name;
          case EXPIRED -> "> FOUND KEY " + name + " -nuked by expire";
          case FLUSHED -> "> FOUND KEY " + name + " -nuked by flush";
          case PENDING -> throw new AssertionError("not known yet");
        });
  }

  @Override
  public void casDiffers(long present, long asked) {
    if (echoes()) {
      line(
          "CAS:  failure: expected %s, got %s"
              .formatted(Long.toUnsignedString(present), Long.toUnsignedString(asked)));
    }
  }

  void moved(int id, ConnectionState from, ConnectionState to) {
    line(id + ": going from " + from.wireName() + " to " + to.wireName());
  }

  /// `speaks`: a protocol's name.
  public void listening(int id, String speaks) {
    line("<" + id + " server listening (" + speaks + ")");
  }

  void connectionOpened(int id, BindingProtocol protocol) {
    String speaks = protocol == BindingProtocol.AUTO ? "auto-negotiating" : protocol.settingsName();
    line("<" + id + " new " + speaks + " client connection");
  }

  void negotiated(int id, BindingProtocol protocol) {
    line(id + ": Client using the " + protocol.settingsName() + " protocol");
  }

  void connectionClosed(int id) {
    line("<" + id + " connection closed.");
  }

  public void replied(int id, String line) {
    line(">" + id + " " + line);
  }

  void withheld(int id, String line) {
    replied(id, "NOREPLY " + line);
  }

  /// Bytes of a client's, as one line: a byte that doesn't print is shown as `\xHH`.
  public static String printable(MemorySegment segment, long offset, long count) {
    var text = new StringBuilder();
    for (byte value : segment.asSlice(offset, count).toArray(JAVA_BYTE)) {
      if (value >= ' ' && value <= '~') {
        text.append((char) value);
      } else {
        text.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(value));
      }
    }
    return text.toString();
  }

  /// A failure of the environment.
  public void problem(String what, @Nullable Throwable cause) {
    String text = cause == null ? what : what + ": " + cause.getMessage();
    if (told.size() < CAUSES_MAX && told.add(text)) {
      out.println("scrubjay: " + text);
    }
  }

  /// A mistake of ours: told whole, so that it can be mended. The disk's failures arrive here too,
  /// and are the environment's.
  public void mistake(Thread thread, Throwable error) {
    if (error instanceof UncheckedIOException) {
      problem(String.valueOf(error.getMessage()), null);
      return;
    }
    if (told.size() < CAUSES_MAX && told.add(error.toString())) {
      out.println("scrubjay: internal error on " + thread.getName());
      error.printStackTrace(out);
    }
  }
}
