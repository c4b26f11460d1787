package io.scrubjay.engine.lldb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrubjay.engine.ItemHeader;
import org.junit.jupiter.api.Test;

class AccessesTest {
  private static final int HASH = 0x1234_5678;
  private static final int BIRTH = 7;
  private static final int STORED = 100;

  private final Accesses accesses = new Accesses(1 << 20);

  /// As of an item that was stored at [#STORED].
  private ItemHeader shown(int hash, int birth) {
    var header = new ItemHeader();
    header.lastAccess = STORED;
    accesses.show(header, hash, birth);
    return header;
  }

  private void read(int now) {
    accesses.bump(HASH, BIRTH, shown(HASH, BIRTH).lastAccess, now);
  }

  @Test
  void anItemThatNobodyReadLooksStored() {
    assertFalse(shown(HASH, BIRTH).has(ItemHeader.FETCHED));
    assertEquals(STORED, shown(HASH, BIRTH).lastAccess);
  }

  @Test
  void theFirstReadMarksTheSecondGivesTheTime() {
    read(110);
    assertTrue(shown(HASH, BIRTH).has(ItemHeader.FETCHED));
    assertEquals(STORED, shown(HASH, BIRTH).lastAccess);
    read(120);
    assertEquals(120, shown(HASH, BIRTH).lastAccess);
    read(130);
    assertEquals(120, shown(HASH, BIRTH).lastAccess, "a known item is written again");
  }

  @Test
  void aWriteRenewsTheTimeAndNothingElse() {
    accesses.renew(HASH, BIRTH, 110);
    assertFalse(shown(HASH, BIRTH).has(ItemHeader.FETCHED));
    assertEquals(110, shown(HASH, BIRTH).lastAccess);
    read(120);
    accesses.renew(HASH, BIRTH, 130);
    assertTrue(shown(HASH, BIRTH).has(ItemHeader.FETCHED));
    assertEquals(130, shown(HASH, BIRTH).lastAccess);
    read(140);
    assertEquals(140, shown(HASH, BIRTH).lastAccess);
    accesses.renew(HASH, BIRTH, 150);
    read(160);
    assertEquals(150, shown(HASH, BIRTH).lastAccess);
  }

  @Test
  void anotherBirthIsAnotherItem() {
    read(110);
    read(120);
    assertFalse(shown(HASH, BIRTH + 1).has(ItemHeader.FETCHED));
    assertEquals(STORED, shown(HASH, BIRTH + 1).lastAccess);
  }

  @Test
  void theLaterReadHasThePlace() {
    int sharing = HASH ^ 1 << 31;
    read(110);
    accesses.bump(sharing, BIRTH, 105, 120);
    assertTrue(shown(sharing, BIRTH).has(ItemHeader.FETCHED));
    assertFalse(shown(HASH, BIRTH).has(ItemHeader.FETCHED));
  }

  @Test
  void theTableIsSmallBesideTheMemoryAndNeverNothing() {
    var least = new Accesses(1);
    var header = new ItemHeader();
    least.bump(HASH, BIRTH, STORED, 110);
    least.show(header, HASH, BIRTH);
    assertTrue(header.has(ItemHeader.FETCHED));
  }
}
