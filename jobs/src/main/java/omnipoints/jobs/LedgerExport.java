package omnipoints.jobs;

import java.io.OutputStream;
import java.time.ZoneId;
import java.util.function.Consumer;
import omnipoints.facts.Times;
import omnipoints.jobs.extract.Csv;
import omnipoints.points.LedgerLine;

/**
 * The ledger of one night as CSV: header, LF, ordered by member and entry. These exact bytes are
 * what the entry root of the close is the SHA-256 of, so nothing in them may depend on when, where
 * or by whom they are written.
 */
public final class LedgerExport implements Consumer<LedgerLine> {

  private static final String[] HEADER = {
    "entry",
    "night",
    "member_id",
    "kind",
    "points",
    "effective_at",
    "channel",
    "shop",
    "cause_type",
    "cause_key",
    "program_version",
    "moved"
  };

  private final Csv csv;
  private final ZoneId zone;

  /** Writes the header. */
  public LedgerExport(OutputStream out, ZoneId zone) {
    this.csv = new Csv(out, Csv.Reader.MACHINE);
    this.zone = zone;
    csv.row(HEADER);
  }

  /** Writes one entry. */
  @Override
  public void accept(LedgerLine line) {
    csv.row(
        line.entry().toString(),
        line.entry().night().toString(),
        line.entry().member(),
        line.kind(),
        Long.toString(line.points()),
        Times.print(line.effectiveAt(), zone),
        line.channel(),
        line.shop(),
        line.causeType(),
        line.causeKey(),
        Integer.toString(line.programVersion()),
        Long.toString(line.moved()));
  }

  /** Everything written so far has reached the stream when this returns. */
  public void flush() {
    csv.flush();
  }
}
