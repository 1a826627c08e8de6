package omnipoints.books;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import omnipoints.points.EntryKey;
import omnipoints.points.rules.HeldFact;
import omnipoints.points.rules.MissingFact;
import omnipoints.points.rules.Said;

/**
 * Everything that is known about one ledger entry.
 *
 * @param source the row that made it, null where that is not known
 * @param lineSource where the line was read, null where no line caused it
 * @param orderSource where the order itself was read
 * @param returns what a clawback booked
 * @param line {@code <order>/<line>}, null where no line caused it
 * @param identity tokens that tied it to the member
 * @param evidence null where no document of ours said whose it is
 * @param opening of an OPENING only
 * @param adjustment of an ADJUST, and of what closes an account
 * @param facts what the rules asked that counted, and found
 * @param missing of an order's rate: what nobody told and other rules asked
 * @param award of what is given beside the rate only
 * @param arithmetic a formula that yields the points
 * @param consumedBy what took points out of the lot that the entry opened or released
 * @param took what the entry took out of which lots
 */
public record Explanation(
    EntryKey entry,
    String memberId,
    LocalDate night,
    String kind,
    long points,
    long moved,
    OffsetDateTime effectiveAt,
    SourceRow source,
    SourceRow lineSource,
    SourceRow orderSource,
    List<ReturnedRow> returns,
    String channel,
    String shop,
    String line,
    Cause cause,
    List<MaskedToken> identity,
    Proof evidence,
    @JsonInclude(Include.NON_NULL) Opening opening,
    @JsonInclude(Include.NON_NULL) Correction adjustment,
    DecidedBy rule,
    List<Held> facts,
    List<Missing> missing,
    @JsonInclude(Include.NON_NULL) Desired award,
    String arithmetic,
    List<Use> consumedBy,
    List<Taken> took) {

  /**
   * Why the entry exists: LINE, EXPIRY, MERGE, ORPHAN_RETURN, OPENING, ADJUSTMENT, STATE, TRANSFER
   * or REDEMPTION, and its key.
   */
  public record Cause(String type, String key) {}

  /**
   * A return of a till, or a refund document.
   *
   * @param at when the money went back
   */
  public record ReturnedRow(
      String file, String sha256, int row, long amountFen, OffsetDateTime at) {}

  /**
   * The balances an opening came from.
   *
   * @param combine sum, theirs, ours or max
   * @param theirs points of all customers together
   * @param ours what the account was worth then
   */
  public record Opening(String combine, long theirs, long ours, List<Customer> customers) {}

  /**
   * Who corrected points by hand, and why.
   *
   * @param adjustmentNo null where an account was closed
   * @param expires last day of what was given; null: as long as points that became available then
   */
  public record Correction(
      String adjustmentNo,
      String reason,
      String requestedBy,
      String approvedBy,
      LocalDate expires) {}

  /** A customer of a platform, with the row of its balance. */
  public record Customer(String file, String sha256, int row, String document, long points) {}

  /**
   * The rule that decided.
   *
   * @param name null where none is known
   */
  public record DecidedBy(String program, int version, String name) {}

  /**
   * A fact that held where a rule counted.
   *
   * @param fact word of the programme's language, {@code window} of its time
   */
  public record Held(String rule, String fact, String zh, String en) {
    static Held of(HeldFact held) {
      return new Held(held.rule(), held.fact(), held.said().zh(), held.said().en());
    }

    /** In both languages. */
    public Said said() {
      return new Said(zh, en);
    }
  }

  /**
   * A fact that nobody told, for want of which a rule did not count.
   *
   * @param fact word of the programme's language
   * @param zh what the rule asks of it
   * @param en the same
   */
  public record Missing(String rule, String fact, String zh, String en) {
    static Missing of(MissingFact missing) {
      return new Missing(missing.rule(), missing.fact(), missing.said().zh(), missing.said().en());
    }

    /** In both languages. */
    public Said said() {
      return new Said(zh, en);
    }
  }

  /**
   * What an award was given of what it would have got.
   *
   * @param reason LIMIT or BUDGET where something bound it, else null
   */
  public record Desired(long desired, long granted, String reason) {}

  /** An entry that consumed points, and the night it did. */
  public record Use(EntryKey entry, long points, LocalDate night) {}

  /** Points taken out of the lot of a line. */
  public record Taken(String line, long points, LocalDate night, EntryKey lot) {}

  /**
   * Explains an entry.
   *
   * @param programs where the installation's own programmes are
   * @return empty if no closed night booked such an entry
   */
  public static Optional<Explanation> of(Books books, Path programs, EntryKey key) {
    if (!books.closed(key.night())) return Optional.empty();
    return Explaining.entry(books, programs, key).map(Explaining::explanation);
  }
}
