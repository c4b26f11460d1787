package io.scrubjay.engine.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SlabSettingsTest {
  /// Whoever gives a folder for data and forgets the engine must not find an empty cache later.
  @Test
  void aSettingOfAnotherEnginesIsRefused() {
    assertEquals(
        "data_dir = /data, must be left out: engine=slab has no such setting",
        assertThrows(
                IllegalArgumentException.class,
                () -> SlabSettings.of(Map.of("data_dir", "/data", "slab_automove", "0")))
            .getMessage());
  }

  @Test
  void aSettingThatHasNoEffectBesideAnotherIsNoMistake() {
    SlabSettings settings =
        SlabSettings.of(
            Map.of("lru_maintainer_thread", "no", "lru_segmented", "yes", "temp_lru", "yes"));
    assertFalse(settings.lru().maintainer());
  }
}
