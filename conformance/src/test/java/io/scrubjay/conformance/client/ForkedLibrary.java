package io.scrubjay.conformance.client;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// A fork of spymemcached that kept its package names: the adapter is loaded once more, beside the
/// fork, by a class loader of its own, and does not know. The loader stays open as long as the
/// client's threads may want another class.
///
/// The build copies the fork's jar to `target/clients`; it is on no class path.
enum ForkedLibrary {
  /// Amazon's. Given one plain address it asks the server for no cluster configuration.
  ELASTICACHE("elasticache-java-cluster-client.jar");

  private final Path jar;

  ForkedLibrary(String jar) {
    this.jar = Path.of("target", "clients", jar);
  }

  CacheClient connect(int port, Wire wire, Set<Operation> lacks) throws Exception {
    if (!Files.exists(jar)) {
      throw new AssertionError(jar + " is missing: the build copies it before it runs the tests");
    }
    var original = SpymemcachedClient.class;
    URL adapters = original.getProtectionDomain().getCodeSource().getLocation();
    var constructor =
        new Loader(jar.toUri().toURL(), adapters)
            .loadClass(original.getName())
            .getDeclaredConstructor(int.class, Wire.class, Set.class);
    constructor.setAccessible(true);
    return (CacheClient) constructor.newInstance(port, wire, lacks);
  }

  /// Asks its parent only for what is neither the library nor its adapter.
  private static final class Loader extends URLClassLoader {
    Loader(URL... places) {
      super(places, ForkedLibrary.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("net.spy.") && !name.startsWith(SpymemcachedClient.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
