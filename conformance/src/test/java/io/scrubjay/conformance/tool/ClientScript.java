package io.scrubjay.conformance.tool;

import java.util.Map;

/// Debian's clients, each in every protocol that it speaks. Interpreters by their full names: a
/// `PATH` may show others first, which don't find what Debian has installed.
public enum ClientScript {
  PYMEMCACHE_TEXT("pymemcache", "text", "pymemcache_everyday.py", "/usr/bin/python3"),
  PYLIBMC_TEXT("pylibmc", "text", "pylibmc_everyday.py", "/usr/bin/python3"),
  PYLIBMC_BINARY("pylibmc", "binary", "pylibmc_everyday.py", "/usr/bin/python3"),
  DALLI_BINARY("Dalli", "binary", "dalli_everyday.rb", "/usr/bin/ruby"),
  PHP_MEMCACHED_TEXT("php-memcached", "text", "php_memcached_everyday.php", "/usr/bin/php"),
  PHP_MEMCACHED_BINARY("php-memcached", "binary", "php_memcached_everyday.php", "/usr/bin/php"),
  CACHE_MEMCACHED_TEXT("Cache::Memcached", "text", "cache_memcached_everyday.pl", "/usr/bin/perl");

  private final String library;
  private final String protocol;
  private final String script;
  private final String interpreter;

  ClientScript(String library, String protocol, String script, String interpreter) {
    this.library = library;
    this.protocol = protocol;
    this.script = script;
    this.interpreter = interpreter;
  }

  public String library() {
    return library;
  }

  public String protocol() {
    return protocol;
  }

  /// By operation, in lower case: `ok`, `lacks`, or `FAILED` with a detail.
  ///
  /// Errors: without the interpreter or the library, the test that asked is skipped or fails as the
  /// environment says; `AssertionError` when the script breaks off.
  public Map<String, String> run(int port) throws InterruptedException {
    return ScriptRun.outcomes(library, interpreter, script, Integer.toString(port), protocol);
  }
}
