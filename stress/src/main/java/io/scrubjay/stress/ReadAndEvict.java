package io.scrubjay.stress;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// A read in a class that is full, while new items drive old ones out.
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the old item")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "none")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, or another's")
@State
public class ReadAndEvict {
  private static final Subject SUBJECT = new Subject(2, 1 << 19, 30_000);

  /// More than fit.
  private static final int ITEMS = 80;

  private static final AtomicLong KEYS = new AtomicLong();

  private final long key = KEYS.incrementAndGet();

  public ReadAndEvict() {
    boolean _ = SUBJECT.hand().store(key, Subject.OLD);
  }

  @Actor
  public void reader(I_Result result) {
    result.r1 = SUBJECT.hand().read(key);
  }

  @Actor
  public void filler() {
    for (int i = 0; i < ITEMS; i++) {
      boolean _ = SUBJECT.hand().store(-key - i, Subject.OTHER);
    }
  }
}
