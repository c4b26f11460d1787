package io.scrubjay.stress;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// A read while the index doubles, bucket by bucket.
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the old item")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "none")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, or another's")
@State
public class ReadAndGrow {
  /// Each state's, so that growth keeps pace with the states.
  private static final int ITEMS = 4;

  private static final GrowingSubjects SUBJECTS = new GrowingSubjects();
  private static final AtomicLong KEYS = new AtomicLong();

  private final Subject subject = SUBJECTS.take();
  private final long key = KEYS.incrementAndGet();

  public ReadAndGrow() {
    boolean _ = subject.hand().store(key, Subject.OLD);
  }

  @Actor
  public void reader(I_Result result) {
    result.r1 = subject.hand().read(key);
  }

  @Actor
  public void grower() {
    for (int i = 0; i < ITEMS; i++) {
      boolean _ = subject.hand().store(-key * ITEMS - i, Subject.OTHER);
    }
  }

  @Arbiter
  public void over() {
    SUBJECTS.giveBack(subject);
  }
}
