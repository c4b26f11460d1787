package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LldbSettingsTest {
  private static LldbSettings of(Map<String, String> words) {
    Map<String, String> all = new HashMap<>(words);
    all.putIfAbsent("data_dir", "d");
    return LldbSettings.of(Stores.options(all));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sync         | sometimes  | always, every:MS (1..60000 milliseconds) or os
          sync         | every:     | always, every:MS (1..60000 milliseconds) or os
          sync         | every:0    | always, every:MS (1..60000 milliseconds) or os
          sync         | every:60001 | always, every:MS (1..60000 milliseconds) or os
          max_disk     | lots       | a number of bytes, with k, m, g or t behind it if meant
          max_disk     | -1         | a number of bytes, with k, m, g or t behind it if meant
          max_disk     | 99999999t  | a number of bytes, with k, m, g or t behind it if meant
          block_cache  | 0          | 1..100, percent of -m
          block_cache  | 101        | 1..100, percent of -m
          block_cache  | half       | a number
          compression  | gzip       | none, lz4 or zstd
          bloom_bits   | 33         | 0..32
          open_files   | 3          | at least 64, or -1
          """)
  void aBadWordGetsNameValueAndRule(String name, String value, String rule) {
    var refused = assertThrows(IllegalArgumentException.class, () -> of(Map.of(name, value)));
    assertEquals(name + " = " + value + ", must be " + rule, refused.getMessage());
  }

  @Test
  void aNameWithOddCharactersIsRefused() {
    for (String name : List.of("a/b", "..", "a b", "ümlaut", "x".repeat(33))) {
      var refused =
          assertThrows(IllegalArgumentException.class, () -> of(Map.of("databases", name)));
      assertEquals(
          "databases = "
              + name
              + ", must be 1 to 32 letters, digits and hyphens each, colons between them",
          refused.getMessage());
    }
  }

  @Test
  void noMoreDatabasesThanTheMost() {
    StringBuilder names = new StringBuilder("d0");
    for (int i = 1; i <= LldbSettings.DATABASES_MAX; i++) {
      names.append(":d").append(i);
    }
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> of(Map.of("databases", names.toString())));
    assertEquals("databases = 17 names, must be at most 16", refused.getMessage());
  }

  @Test
  void withoutADirectoryThereIsNothing() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> LldbSettings.of(Stores.options(Map.of())));
    assertEquals(
        "data_dir = (not given), must be a directory, since engine=lldb keeps data",
        refused.getMessage());
  }

  @Test
  void theDefaultsAreThoseOfTheManual() {
    LldbSettings settings = of(Map.of());
    assertEquals(new Sync(Sync.Mode.EVERY, 100), settings.sync());
    assertEquals(0, settings.maxDiskBytes());
    assertEquals(70, settings.blockCachePercent());
    assertEquals(16 << 20, settings.writeBufferBytes());
    assertEquals(LldbSettings.Compression.LZ4, settings.compression());
    assertEquals(List.of(), settings.databases());
  }

  @Test
  void sizesHaveUnits() {
    assertEquals(3L << 30, of(Map.of("max_disk", "3g")).maxDiskBytes());
    assertEquals(List.of("a", "b-1"), of(Map.of("databases", "a:b-1:default:a")).databases());
  }
}
