package omnipoints.books;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import omnipoints.books.Explanation.Cause;
import omnipoints.books.Explanation.DecidedBy;
import omnipoints.books.Explanation.ReturnedRow;
import omnipoints.books.Explanation.Taken;
import omnipoints.books.Explanation.Use;
import omnipoints.points.Award;
import omnipoints.points.AwardKey;
import omnipoints.points.EntryKey;
import omnipoints.points.Grant;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;
import omnipoints.points.ProgramRefused;
import omnipoints.points.Programs;
import omnipoints.points.rules.Multiplier;
import omnipoints.points.rules.OnReturn;
import omnipoints.sql.Script;
import omnipoints.sql.Statement;

/** Looks for what stands behind one entry. */
final class Explaining {
  static final Script SQL = Books.script("explain");

  private final Books books;
  private final Path programs;
  private final EntryKey key;
  private final Entry entry;
  private final Map<String, Object> params;

  private Explaining(
      Books books, Path programs, EntryKey key, Entry entry, Map<String, Object> params) {
    this.books = books;
    this.programs = programs;
    this.key = key;
    this.entry = entry;
    this.params = params;
  }

  /** A row of the ledger; order and line are null where no line caused it. */
  private record Entry(
      String kind,
      long points,
      long moved,
      OffsetDateTime effectiveAt,
      String channel,
      String shop,
      UUID orderKey,
      String lineKey,
      String causeType,
      String causeKey,
      String program,
      int programVersion) {

    boolean ofLine() {
      return orderKey != null;
    }

    boolean ofMerge() {
      return causeType.equals("MERGE");
    }

    boolean ofOpening() {
      return causeType.equals("OPENING");
    }

    boolean ofAdjustment() {
      return causeType.equals("ADJUSTMENT");
    }

    boolean ofState() {
      return causeType.equals("STATE");
    }

    boolean ofReturn() {
      return causeType.equals("ORPHAN_RETURN");
    }
  }

  /** A row of table pin. */
  private record Pinned(
      int programVersion,
      String rule,
      long perFen,
      long points,
      PinnedRule.Mode mode,
      PinnedRule.Rounding rounding,
      int holdDays,
      Program.HoldFrom holdFrom,
      Program.ExpiryKind expiryKind,
      int expiryLength,
      Program.ExpiryUnit expiryUnit,
      String times,
      String formula,
      String rules,
      String variant,
      String grantKind,
      String withTimes,
      String withFormula,
      String withRules,
      String onReturn,
      String campaign,
      Long granted,
      Long awardFen) {

    /** Null of a rate, also of one that was counted in points since its money was asked again. */
    Award award() {
      return granted == null || grantKind.isEmpty() ? null : new Award(granted, awardFen);
    }

    private Grant grant() {
      if (grantKind.isEmpty()) return null;
      return new Grant(
          Grant.Kind.valueOf(grantKind),
          Multiplier.kept(withTimes, withFormula, withRules, ""),
          OnReturn.valueOf(onReturn),
          campaign);
    }

    PinnedRule decision() {
      return new PinnedRule(
          programVersion,
          rule,
          perFen,
          points,
          mode,
          rounding,
          holdDays,
          holdFrom,
          new Program.Expiry(expiryKind, expiryLength, expiryUnit),
          Multiplier.kept(times, formula, rules, variant),
          grant());
    }
  }

  /** A row of table tier_charge. */
  private record Charged(String product, String formula, String rules, String variant) {
    Multiplier times() {
      return Multiplier.kept(product, formula, rules, variant);
    }
  }

  private record ReturnSource(SourceRow.OfDocument source, long orphanFen) {}

  private record MergeEvidence(Proof.OfMerge proof, SourceRow.OfDocument source) {}

  private record Corrected(
      SourceRow.OfDocument source, Explanation.Correction correction, MaskedToken member) {}

  private record PostedBefore(String kind, long points) {}

  /** Finds an entry that was booked. */
  static Optional<Explaining> entry(Books books, Path programs, EntryKey key) {
    Map<String, Object> params = new HashMap<>();
    params.put("night", key.night());
    params.put("member", key.member());
    params.put("n", key.n());
    return books
        .one(SQL.statement("entry"), params, Entry.class)
        .map(
            entry -> {
              params.put("order_key", entry.orderKey());
              params.put("award", entry.lineKey());
              params.put(
                  "line_key", entry.lineKey() == null ? null : AwardKey.line(entry.lineKey()));
              params.put("channel", entry.channel());
              params.put("shop", entry.shop());
              params.put("zone", books.zone().getId());
              params.put("cause_key", entry.causeKey());
              params.put("other", entry.ofMerge() ? entry.causeKey() : null);
              params.put("cause_type", entry.causeType());
              params.put("kind", entry.kind());
              return new Explaining(books, programs, key, entry, params);
            });
  }

  Explanation explanation() {
    boolean line = entry.ofLine();
    ReturnSource returned = returned();
    SourceRow lineSource = returned != null ? returned.source() : lineSource();
    SourceRow orderSource =
        line && !entry.ofReturn()
            ? one(SQL.statement("order_source"), SourceRow.OfDocument.class)
            : null;
    List<ReturnedRow> returns =
        line && entry.kind().equals("CLAWBACK")
            ? list(SQL.statement("returns"), ReturnedRow.class)
            : List.of();
    MergeEvidence merge =
        entry.ofMerge() ? one(SQL.statement("merge_evidence"), MergeEvidence.class) : null;
    Proof.OfOrder bound = line ? one(SQL.statement("order_evidence"), Proof.OfOrder.class) : null;
    OpeningBalance opening =
        entry.ofOpening() ? OpeningBalance.of(books, params).orElse(null) : null;
    Corrected corrected =
        entry.ofAdjustment()
            ? one(SQL.statement("adjustment"), Corrected.class)
            : entry.ofState() ? one(SQL.statement("closed"), Corrected.class) : null;
    Pinned pinned = pinned();
    PinnedRule rule = pinned == null ? null : pinned.decision();
    Program version = version(rule);
    List<Taken> took = list(SQL.statement("took"), Taken.class);
    SourceRow told = ofDocument();
    return new Explanation(
        key,
        key.member(),
        key.night(),
        entry.kind(),
        entry.points(),
        entry.moved(),
        entry.effectiveAt(),
        corrected != null
            ? corrected.source()
            : opening != null
                ? opening.source()
                : told != null
                    ? told
                    : entry.ofMerge()
                        ? merge == null ? null : merge.source()
                        : cause(returns, lineSource == null ? orderSource : lineSource),
        lineSource,
        orderSource,
        returns,
        entry.channel(),
        entry.shop(),
        line ? entry.causeKey() : null,
        new Cause(entry.causeType(), entry.causeKey()),
        corrected != null ? List.of(corrected.member()) : identity(opening),
        bound != null ? bound : merge == null ? null : merge.proof(),
        opening == null ? null : opening.told(),
        corrected == null ? null : corrected.correction(),
        new DecidedBy(
            entry.program(),
            rule == null ? entry.programVersion() : rule.programVersion(),
            rule == null ? ruleOf(entry, took) : named(rule)),
        FactsThatHeld.of(version, rule).stream().map(Explanation.Held::of).toList(),
        FactsThatWereMissing.of(books, version, rule, params).stream()
            .map(Explanation.Missing::of)
            .toList(),
        desired(pinned),
        opening != null
            ? opening.arithmetic()
            : arithmetic(rule, pinned == null ? null : pinned.award(), took, returned),
        consumedBy(),
        took);
  }

  /** The version an award was made under; null where it is no longer there. */
  private Program version(PinnedRule rule) {
    if (rule == null) return null;
    try {
      return Programs.load(entry.program(), programs).version(rule.programVersion());
    } catch (ProgramRefused e) {
      // the programme has gone or is being edited: what was booked stands
      return null;
    }
  }

  /** The one line that makes the points of the entry again, alone. */
  String formula() {
    Pinned pinned = pinned();
    return arithmetic(
        pinned == null ? null : pinned.decision(),
        pinned == null ? null : pinned.award(),
        List.of(),
        returned());
  }

  private Pinned pinned() {
    return entry.ofLine() ? pinned(entry.lineKey()) : null;
  }

  private ReturnSource returned() {
    boolean ofReturn = entry.ofLine() && entry.ofReturn();
    return ofReturn ? one(SQL.statement("return_source"), ReturnSource.class) : null;
  }

  /** Null of what is no award beside the rate. */
  private Explanation.Desired desired(Pinned pinned) {
    if (pinned == null || pinned.award() == null) return null;
    Explanation.Desired bound = one(SQL.statement("award"), Explanation.Desired.class);
    long granted = pinned.award().granted();
    return bound != null ? bound : new Explanation.Desired(granted, granted, null);
  }

  /** Where a document of our own was read that asked for it, null where none did. */
  private SourceRow ofDocument() {
    return switch (entry.causeType()) {
      case "REDEMPTION" -> one(SQL.statement("redemption_source"), SourceRow.OfDocument.class);
      case "TRANSFER" -> one(SQL.statement("transfer_source"), SourceRow.OfDocument.class);
      case "TOPUP" -> one(SQL.statement("topup_source"), SourceRow.OfDocument.class);
      case "REFERRAL" -> one(SQL.statement("referral_source"), SourceRow.OfDocument.class);
      case "ACTIVITY" -> one(SQL.statement("activity_source"), SourceRow.OfDocument.class);
      default -> null;
    };
  }

  private SourceRow lineSource() {
    return entry.ofLine() && !entry.ofReturn()
        ? one(SQL.statement("line_source"), SourceRow.OfDocument.class)
        : null;
  }

  /**
   * The row that made the entry: of a clawback by a till return the return row of that moment, else
   * the line's own.
   */
  private SourceRow cause(List<ReturnedRow> returns, SourceRow otherwise) {
    for (ReturnedRow row : returns)
      if (entry.effectiveAt().equals(row.at()))
        return new SourceRow.OfReturn(row.file(), row.sha256(), row.row());
    return otherwise;
  }

  private List<MaskedToken> identity(OpeningBalance opening) {
    if (entry.ofLine()) return list(SQL.statement("identity"), MaskedToken.class);
    if (opening != null) return opening.identity();
    return entry.ofMerge() ? list(SQL.statement("merge_identity"), MaskedToken.class) : List.of();
  }

  private List<Use> consumedBy() {
    return entry.kind().equals("RELEASE")
        ? list(SQL.statement("released_consumed_by"), Use.class)
        : list(SQL.statement("consumed_by"), Use.class);
  }

  /**
   * {@code cloud}, with the rules that multiplied {@code cloud: double_week, tier_rate}, and with
   * the variant of an experiment {@code cloud: trial (b)}.
   */
  private static String named(PinnedRule rule) {
    String variant = rule.times().variant().isEmpty() ? "" : " (" + rule.times().variant() + ")";
    if (rule.times().rules().isEmpty()) return rule.rule() + variant;
    return rule.rule() + ": " + String.join(", ", rule.times().rules()) + variant;
  }

  /** What decides where no earn rule does. */
  private static String ruleOf(Entry entry, List<Taken> took) {
    return switch (entry.causeType()) {
      // Only points that live on as a lot of their own are taken by what gives them back.
      case "REDEMPTION" ->
          entry.kind().equals("RESTORE") && entry.points() > 0 && !took.isEmpty()
              ? "redeem.restore.grace_days"
              : "redeem";
      case "EXPIRY" -> "expiry";
      case "MERGE" -> "merge";
      case "OPENING" -> "opening";
      case "ADJUSTMENT" -> "adjustment";
      case "STATE" -> "account_state";
      case "TRANSFER" -> "transfer";
      case "ORPHAN_RETURN" -> "returns.unlinked";
      default -> null;
    };
  }

  private String arithmetic(PinnedRule rule, Award award, List<Taken> took, ReturnSource returned) {
    return switch (entry.kind()) {
      case "RELEASE" -> entry.moved() + " pending -> available";
      case "EXPIRE" ->
          took.isEmpty()
              ? Long.toString(-entry.points())
              : took.stream()
                  .map(taken -> Long.toString(taken.points()))
                  .collect(Collectors.joining(" + "));
      case "EARN", "CLAWBACK" ->
          entry.ofReturn()
              ? OrphanArithmetic.formula(
                  programs,
                  entry.program(),
                  entry.effectiveAt().toLocalDate(),
                  entry.points(),
                  returned == null ? null : returned.orphanFen())
              : rule == null || !entry.ofLine()
                  ? Long.toString(entry.points())
                  : ofLine(rule, award);
      default -> Long.toString(entry.points());
    };
  }

  private String ofLine(PinnedRule rule, Award award) {
    long before = postedBefore();
    if (rule.grant() != null && rule.grant().addsKept() && params.get("line_key").equals("")) {
      boolean clawback = entry.kind().equals("CLAWBACK");
      List<PartsArithmetic.Part> parts = parts(rule);
      String told =
          parts.isEmpty()
              ? null
              : PartsArithmetic.formula(clawback, entry.points(), award, before, parts);
      if (told != null) return told;
    }
    LineArithmetic.LineAmounts amounts = LineMoney.of(books, params);
    return LineArithmetic.formula(
        entry.kind(), entry.points(), rule, award, charged(rule), before, amounts);
  }

  /** The lines of an order that is given a factor; empty where its rate is rounded once. */
  private List<PartsArithmetic.Part> parts(PinnedRule order) {
    if (pinned("") != null) return List.of();
    var parts = new ArrayList<PartsArithmetic.Part>();
    for (LineOf line : list(SQL.statement("lines_of"), LineOf.class)) {
      Map<String, Object> of = new HashMap<>(params);
      of.put("line_key", line.lineKey());
      LineArithmetic.LineAmounts amounts = LineMoney.of(books, of);
      if (amounts == null || amounts.baseFen() <= 0) continue;
      Pinned own = pinned(line.lineKey() + "\t" + order.rule());
      List<Long> back = amounts.refundedFen();
      long kept = amounts.baseFen() - (back.isEmpty() ? 0 : back.get(back.size() - 1));
      PinnedRule decision = own == null ? order : own.decision();
      parts.add(new PartsArithmetic.Part(decision, amounts.baseFen(), kept));
    }
    return parts;
  }

  private record LineOf(String lineKey) {}

  private Pinned pinned(String award) {
    Map<String, Object> of = new HashMap<>(params);
    of.put("award", award);
    return books.one(SQL.statement("rule"), of, Pinned.class).orElse(null);
  }

  /** What the rate counts by since the tier it was paid in was lost, null where none was. */
  private PinnedRule charged(PinnedRule rule) {
    if (rule.grant() != null || !entry.kind().equals("CLAWBACK")) return null;
    Charged charge = one(SQL.statement("charge"), Charged.class);
    return charge == null ? null : rule.charged(charge.times());
  }

  private long postedBefore() {
    return list(SQL.statement("posted_before"), PostedBefore.class).stream()
        .filter(before -> before.kind().equals(entry.kind()))
        .mapToLong(PostedBefore::points)
        .sum();
  }

  private <T extends Record> List<T> list(Statement statement, Class<T> row) {
    return books.list(statement, params, row);
  }

  private <T extends Record> T one(Statement statement, Class<T> row) {
    return books.one(statement, params, row).orElse(null);
  }
}
