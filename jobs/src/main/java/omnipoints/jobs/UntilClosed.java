package omnipoints.jobs;

import java.time.Duration;
import java.time.LocalDate;

/** Sees the close of one date, after which nothing is to be done. */
final class UntilClosed {

  private final LocalDate last;
  private LocalDate at;
  private boolean reached;

  UntilClosed(LocalDate last) {
    this.last = last;
  }

  boolean reached() {
    return reached;
  }

  /** Passes everything on. */
  Progress progress(Progress to) {
    return new Progress() {
      @Override
      public void night(LocalDate date, int nights) {
        at = date;
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
        if (last.equals(at) && name.equals("close")) reached = true;
        to.done(name, read, written, rejected, took);
      }
    };
  }
}
