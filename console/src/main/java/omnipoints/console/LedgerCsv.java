package omnipoints.console;

import java.io.OutputStream;
import java.time.LocalDate;

/** The ledger export of a night, written by the job that hashes it. */
final class LedgerCsv {
  private LedgerCsv() {}

  static void write(Books books, LocalDate night, OutputStream out) {
    throw new UnsupportedOperationException();
  }
}
