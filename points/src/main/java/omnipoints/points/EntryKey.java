package omnipoints.points;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Identity of a ledger entry, of the lot an EARN entry opens, and of the debit an allocation
 * belongs to: the n-th entry of one member in one night. A function of source facts; printed {@code
 * yyyyMMdd-<member>-<n>}.
 */
public record EntryKey(LocalDate night, String member, int n) implements Comparable<EntryKey> {
  @Override
  public int compareTo(EntryKey other) {
    int c = night.compareTo(other.night);
    if (c == 0) c = CodePoints.compare(member, other.member);
    return c != 0 ? c : Integer.compare(n, other.n);
  }

  @Override
  public String toString() {
    return night.format(DateTimeFormatter.BASIC_ISO_DATE)
        + "-"
        + member
        + "-"
        + String.format("%05d", n);
  }
}
