package io.scrubjay.server.stats;

import java.util.LinkedHashMap;
import java.util.Map;

/// What `extstore` sets of external storage and `stats settings` prints of it, under the names of
/// the former. There is no such storage, as in a memcached that was given no file for it, so that
/// is all they do.
///
/// Threads: any; a monitor.
public final class ExternalStorageSettings {
  private final Map<String, String> values = new LinkedHashMap<>();

  public ExternalStorageSettings() {
    values.put("item_size", "512");
    values.put("item_age", "4294967295");
    values.put("low_ttl", "0");
    values.put("recache_rate", "2000");
    values.put("wbuf_size", "4194304");
    values.put("compact_under", "0");
    values.put("drop_under", "0");
    values.put("max_sleep", "1000000");
    values.put("max_frag", "0.80");
    values.put("drop_unread", "no");
  }

  public synchronized void set(String name, String value) {
    if (values.replace(name, value) == null) {
      throw new AssertionError("no setting " + name);
    }
  }

  public synchronized void print(Map<String, String> page) {
    values.forEach((name, value) -> page.put("ext_" + name, value));
  }
}
