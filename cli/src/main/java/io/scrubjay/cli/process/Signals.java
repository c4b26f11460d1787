package io.scrubjay.cli.process;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// What the process does when it is sent a signal.
///
/// The JDK's `sun.misc.Signal` is the one way to hear of signals inside a JVM, and the compiler
/// warns of it in a way that can't be turned off: so it is looked up by name, which also lets a JVM
/// without it do without (docs/decisions/0014-signals-and-the-daemon.md). Actions run on a thread
/// of their own.
final class Signals {
  private Signals() {}

  /// False where the platform has no such signal or the JVM was told to leave signals alone.
  static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle run =
          MethodHandles.lookup()
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(action);
      Object adapted =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      Object named =
          lookup
              .findConstructor(signal, MethodType.methodType(void.class, String.class))
              .invoke(name);
      Object _ =
          lookup
              .findStatic(signal, "handle", MethodType.methodType(handler, signal, handler))
              .invoke(named, adapted);
      return true;
    } catch (IllegalArgumentException | ReflectiveOperationException lacking) {
      return false;
    } catch (RuntimeException | Error mistake) {
      throw mistake;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
