package io.scrubjay.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EtcSizesTest {
  private static final int KEYS = 200_000;

  @Test
  void twoFifthsAreTinyAndTheOthersHaveALongTail() {
    int[] sizes = EtcSizes.of(KEYS, new SplittableRandom(1));
    // Two fifths, and 0.6 * (1 - (1 + 0.348238 * 13 / 214.476) ^ (-1 / 0.348238)) of the others
    assertEquals(0.435, share(sizes, 1, 13), 0.005);
    assertEquals(1, share(sizes, 1, EtcSizes.BYTES_MAX), 0);
    // By the distribution's formula: 0.6 * (1 + 0.348238 * 500 / 214.476) ^ (-1 / 0.348238)
    assertEquals(0.109, share(sizes, 501, EtcSizes.BYTES_MAX), 0.005);
    assertTrue(share(sizes, 4000, EtcSizes.BYTES_MAX) > 0);
  }

  @Test
  void aSeedGivesTheSameSizes() {
    assertTrue(
        Arrays.equals(
            EtcSizes.of(100, new SplittableRandom(5)), EtcSizes.of(100, new SplittableRandom(5))));
  }

  private static double share(int[] sizes, int from, int to) {
    return (double) Arrays.stream(sizes).filter(size -> size >= from && size <= to).count()
        / sizes.length;
  }
}
