package io.scrubjay.cli.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// What the process does when it is sent a signal.
///
/// The JDK's `sun.misc.Signal` is the one way to hear of signals inside a JVM, and the compiler
/// warns of it in a way that can't be turned off: so it is looked up by name, which also lets a JVM
/// without it do without (docs/decisions/0014-signals-and-the-daemon.md). Actions run on a thread
/// of their own.
///
/// A process that was started with a signal ignored, by `nohup` or in the background of a script,
/// hears it all the same, as memcached does; the JVM would leave it ignored, so it is shown the
/// default instead. Without native calls it stays ignored.
final class Signals {
  private static final long SIG_DFL = 0;

  private Signals() {}

  /// False where the platform has no such signal or the JVM was told to leave signals alone.
  static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object named = signal.getConstructor(String.class).newInstance(name);
      Object adapted = adapted(handler, action);
      Method handle = signal.getMethod("handle", signal, handler);
      Object before = handle.invoke(null, named, adapted);
      if (handler.getField("SIG_IGN").get(null).equals(before) && Posix.available()) {
        int _ = Posix.call("signal", (int) signal.getMethod("getNumber").invoke(named), SIG_DFL);
        handle.invoke(null, named, adapted);
      }
      return true;
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException) {
        return false;
      }
      throw new AssertionError("signal " + name, refused.getCause());
    } catch (ReflectiveOperationException lacking) {
      return false;
    }
  }

  /// One class serves all signals.
  @SuppressWarnings("ReferenceEquality") // what equality means for a handler
  private static Object adapted(Class<?> handler, Runnable action) {
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> action.run();
            case "equals" -> {
              return proxy == arguments[0];
            }
            case "hashCode" -> {
              return System.identityHashCode(proxy);
            }
            default -> {
              return action.toString();
            }
          }
          return null;
        };
    return Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
  }
}
