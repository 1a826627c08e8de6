package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.LineKey;

/** Collects what a night books, in booking order, and numbers the entries. */
final class Journal {
  private final LocalDate night;
  private final String member;
  private int n;

  final List<MemberOutcome.Entry> entries = new ArrayList<>();
  final List<MemberOutcome.NewLot> lots = new ArrayList<>();
  final List<MemberOutcome.Release> releases = new ArrayList<>();
  final List<MemberOutcome.Allocation> allocations = new ArrayList<>();
  final List<MemberOutcome.Forgiven> forgiven = new ArrayList<>(0);

  Journal(LocalDate night, String member) {
    this.night = night;
    this.member = member;
  }

  /** The key of the next entry of the account. */
  EntryKey next() {
    return new EntryKey(night, member, ++n);
  }

  EntryKey line(
      Kind kind, long points, long moved, Instant effectiveAt, LineKey line, int programVersion) {
    return of(
        kind,
        points,
        moved,
        effectiveAt,
        line,
        AwardKey.type(line),
        AwardKey.cause(line),
        programVersion);
  }

  EntryKey of(
      Kind kind,
      long points,
      long moved,
      Instant effectiveAt,
      LineKey line,
      MemberOutcome.CauseType causeType,
      String causeKey,
      int programVersion) {
    EntryKey key = next();
    entries.add(
        new MemberOutcome.Entry(
            key, kind, points, moved, effectiveAt, line, causeType, causeKey, programVersion));
    return key;
  }

  void allocate(MemberOutcome.AllocationKind kind, EntryKey debit, WorkLot lot, long points) {
    allocations.add(new MemberOutcome.Allocation(kind, debit, lot.key, points, lot.pending()));
  }
}
