package omnipoints.jobs;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import omnipoints.facts.Sha256;
import omnipoints.points.LedgerLine;
import omnipoints.points.MemberOutcome.Entry;

/**
 * The entry root of a night, made while its entries are decided: the SHA-256 of exactly the bytes
 * that {@link LedgerExport} writes of them. Accounts come in the order of their members; the entry
 * of a member that merged comes with its survivor's and waits for its own place.
 */
final class EntryRoot {

  private final LocalDate night;
  private final MessageDigest sha256;
  private final LedgerExport export;
  private final PriorityQueue<Entry> later =
      new PriorityQueue<>(Comparator.comparing((Entry entry) -> entry.key().member()));
  private String last = "";
  private long entries;

  EntryRoot(LocalDate night, ZoneId zone) {
    this.night = night;
    sha256 = Sha256.digest();
    export =
        new LedgerExport(new DigestOutputStream(OutputStream.nullOutputStream(), sha256), zone);
  }

  /**
   * Takes what a night does to one account.
   *
   * @param booked in ledger order
   * @throws IllegalStateException the account, or a member that merged into it, stands before one
   *     that was taken already
   */
  void add(String account, List<Entry> booked) {
    refuseEarlier(account);
    flush(account);
    for (Entry entry : booked) {
      if (entry.key().member().equals(account)) write(entry);
      else later.add(refusedEarlier(entry));
    }
  }

  /** The root in hexadecimal digits; nothing is added after it. */
  String finish() {
    flush(null);
    export.flush();
    return HexFormat.of().formatHex(sha256.digest());
  }

  long entries() {
    return entries;
  }

  private void flush(String before) {
    while (!later.isEmpty()
        && (before == null || later.peek().key().member().compareTo(before) < 0)) {
      write(later.remove());
    }
  }

  private void write(Entry entry) {
    refuseEarlier(entry.key().member());
    last = entry.key().member();
    export.accept(
        new LedgerLine(
            entry.key(),
            entry.kind().name(),
            entry.points(),
            entry.effectiveAt(),
            entry.line() == null ? "" : entry.line().channel(),
            entry.line() == null ? "" : entry.line().shop(),
            entry.causeType().name(),
            entry.causeKey(),
            entry.programVersion(),
            entry.moved()));
    entries++;
  }

  private Entry refusedEarlier(Entry entry) {
    refuseEarlier(entry.key().member());
    return entry;
  }

  private void refuseEarlier(String member) {
    if (member.compareTo(last) < 0) {
      throw new IllegalStateException(
          "night " + night + ": " + member + " is decided after " + last + ", out of order");
    }
  }
}
