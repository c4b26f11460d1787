package io.scrubjay.stress;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// The same for a value in pieces.
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the old item")
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "the new item")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "none")
@Outcome(expect = Expect.FORBIDDEN, desc = "a mixture, or another's")
@State
public class ReadAndReplacePieces {
  private static final Subject SUBJECT = new Subject(64, 1024, 5000);
  private static final AtomicLong KEYS = new AtomicLong();

  private final long key = KEYS.incrementAndGet();

  public ReadAndReplacePieces() {
    boolean _ = SUBJECT.hand().store(key, Subject.OLD);
  }

  @Actor
  public void reader(I_Result result) {
    result.r1 = SUBJECT.hand().read(key);
  }

  @Actor
  public void replacer() {
    boolean _ = SUBJECT.hand().store(key, Subject.NEW);
  }
}
