package omnipoints.books;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.points.EntryKey;
import omnipoints.sql.Statement;

/**
 * One member's account as of a closed night, with the lots and tokens of all who were merged into
 * it.
 *
 * @param memberId the living member
 * @param askedFor the member that was named: the same, or one merged into it
 * @param merged the others of the family
 * @param asOf null before the first closed night
 * @param tier what the night decided, in force from the next day on; null without tiers
 * @param lots as they are spent
 * @param tierHistory every change of it, the oldest first; null without tiers
 * @param statement entries of the living member itself, in ledger order
 */
public record Account(
    String memberId,
    String askedFor,
    List<String> merged,
    LocalDate asOf,
    String tier,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<TierStep> tierHistory,
    long available,
    long pending,
    long owed,
    List<Lot> lots,
    List<Entry> statement,
    List<MaskedToken> identities) {

  /**
   * The points of one award.
   *
   * @param line {@code <order>/<line>}
   * @param availableOn null while it is pending
   * @param expiresOn the last usable day, null for never
   */
  public record Lot(
      String line,
      long points,
      long remaining,
      LocalDate availableOn,
      LocalDate expiresOn,
      EntryKey entry,
      String channel,
      String shop) {

    boolean released() {
      return availableOn != null;
    }
  }

  /**
   * A change of tier.
   *
   * @param from empty where the member joined
   * @param effectiveOn the first day in force
   * @param evidence what it rests on
   * @param keepBy the night that reviews the new tier, null where none will
   * @param keepNeeds what holds it then
   */
  public record TierStep(
      LocalDate night,
      String from,
      String to,
      String reason,
      LocalDate effectiveOn,
      String evidence,
      LocalDate keepBy,
      String keepNeeds) {}

  /**
   * A movement of points.
   *
   * @param formula of one line that makes the points again; null where it is not asked or there is
   *     none to tell
   */
  public record Entry(
      EntryKey entry,
      LocalDate night,
      OffsetDateTime effectiveAt,
      String kind,
      long points,
      long moved,
      long balanceAfter,
      String cause,
      String causeType,
      String channel,
      String shop,
      @JsonInclude(JsonInclude.Include.NON_NULL) String formula) {

    private Entry explained(String formula) {
      return new Entry(
          entry,
          night,
          effectiveAt,
          kind,
          points,
          moved,
          balanceAfter,
          cause,
          causeType,
          channel,
          shop,
          formula);
    }
  }

  private record Worth(long points) {}

  /**
   * Reads the account of a family.
   *
   * @param asked the member that was named
   */
  public static Account of(Books books, String asked, Family family, AsOf asOf) {
    Map<String, Object> params = new HashMap<>();
    params.put("member", family.survivor());
    params.put("as_of", asOf.night());
    params.put("at", asOf.moment(books));
    params.put("members", family.members());
    Statement left =
        asOf.past() ? Members.SQL.statement("lots_as_of") : Members.SQL.statement("lots");
    List<Lot> lots = books.list(left, params, Lot.class);
    long available = lots.stream().filter(Lot::released).mapToLong(Lot::remaining).sum();
    long pending = lots.stream().filter(lot -> !lot.released()).mapToLong(Lot::remaining).sum();
    List<TierStep> tiers = books.list(Members.SQL.statement("tiers"), params, TierStep.class);
    long worth =
        books.one(Members.SQL.statement("worth"), params, Worth.class).orElseThrow().points();
    return new Account(
        family.survivor(),
        asked,
        family.members().stream().filter(id -> !id.equals(family.survivor())).toList(),
        books.lastClosed() == null ? null : asOf.night(),
        tiers.isEmpty() ? null : tiers.get(tiers.size() - 1).to(),
        tiers.isEmpty() ? null : tiers,
        available,
        pending,
        // What was not covered by lots is owed: entries say what the account is worth, lots what is
        // there.
        available + pending - worth,
        lots,
        books.list(Members.SQL.statement("statement"), params, Entry.class),
        books.list(Members.SQL.statement("identities"), params, MaskedToken.class));
  }

  /**
   * The same with the formula of what was earned and taken back, of so many entries, the newest:
   * each is a handful of questions.
   *
   * @param programs folder of the programmes of the home
   */
  public Account explained(Books books, Path programs, int newest) {
    List<Entry> explained = new ArrayList<>(statement);
    for (int i = Math.max(0, explained.size() - newest); i < explained.size(); i++) {
      Entry entry = explained.get(i);
      if (!entry.kind().equals("EARN") && !entry.kind().equals("CLAWBACK")) continue;
      explained.set(
          i,
          entry.explained(
              Explaining.entry(books, programs, entry.entry())
                  .map(Explaining::formula)
                  .orElse(null)));
    }
    return new Account(
        memberId,
        askedFor,
        merged,
        asOf,
        tier,
        tierHistory,
        available,
        pending,
        owed,
        lots,
        explained,
        identities);
  }
}
