package omnipoints.jobs;

import java.time.Duration;
import java.time.LocalDate;

/** Passes everything on; whoever wants to see some of it overrides that. */
public class PassedOn implements Progress {

  private final Progress to;

  protected PassedOn(Progress to) {
    this.to = to;
  }

  @Override
  public void night(LocalDate date, int nights) {
    to.night(date, nights);
  }

  @Override
  public void over() {
    to.over();
  }

  @Override
  public void step(String name) {
    to.step(name);
  }

  @Override
  public void expected(Duration whole) {
    to.expected(whole);
  }

  @Override
  public void doing(String what) {
    to.doing(what);
  }

  @Override
  public void note(String text) {
    to.note(text);
  }

  @Override
  public void rows(long done, long total) {
    to.rows(done, total);
  }

  @Override
  public void bytes(long done, long total) {
    to.bytes(done, total);
  }

  @Override
  public void done(String name, long read, long written, long rejected, Duration took) {
    to.done(name, read, written, rejected, took);
  }
}
