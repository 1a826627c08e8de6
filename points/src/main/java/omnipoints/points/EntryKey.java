package omnipoints.points;

import java.time.LocalDate;
import omnipoints.facts.CodePoints;

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
    var text = new StringBuilder(32);
    pad(text, night.getYear(), 4);
    pad(text, night.getMonthValue(), 2);
    pad(text, night.getDayOfMonth(), 2);
    text.append('-').append(member).append('-');
    return pad(text, n, 5).toString();
  }

  // A night prints millions of them: a formatter would cost more than everything else of a line.
  private static StringBuilder pad(StringBuilder text, int value, int digits) {
    String plain = Integer.toString(value);
    return text.append("0".repeat(Math.max(0, digits - plain.length()))).append(plain);
  }
}
