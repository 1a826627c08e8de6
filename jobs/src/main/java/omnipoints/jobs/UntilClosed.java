package omnipoints.jobs;

import java.time.Duration;
import java.time.LocalDate;

/** Sees the close of one date, after which nothing is to be done; passes everything on. */
final class UntilClosed extends PassedOn {

  private final LocalDate last;
  private LocalDate at;
  private boolean reached;

  UntilClosed(LocalDate last, Progress to) {
    super(to);
    this.last = last;
  }

  boolean reached() {
    return reached;
  }

  @Override
  public void night(LocalDate date, int nights) {
    at = date;
    super.night(date, nights);
  }

  @Override
  public void done(String name, long read, long written, long rejected, Duration took) {
    if (last.equals(at) && name.equals("close")) reached = true;
    super.done(name, read, written, rejected, took);
  }
}
