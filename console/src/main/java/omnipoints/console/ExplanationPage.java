package omnipoints.console;

import java.math.BigDecimal;
import omnipoints.books.Explanation;
import omnipoints.books.MaskedToken;
import omnipoints.books.Proof;
import omnipoints.books.SourceRow;

/** What stands behind an entry, for people. */
final class ExplanationPage {
  private ExplanationPage() {}

  static void print(Page page, Explanation of) {
    page.say(
        "explain.head", of.entry(), page.words().kind(of.kind()), of.points(), of.effectiveAt());
    if (of.line() != null) page.say("explain.line", of.line(), of.channel(), of.shop());
    else page.say("explain.cause", of.cause().type(), of.cause().key());
    evidence(page, of);
    sources(page, of);
    for (Explanation.ReturnedRow row : of.returns())
      page.say("explain.return", row.file(), row.row(), yuan(row.amountFen()), row.at());
    for (MaskedToken token : of.identity())
      page.say("explain.identity", token.kind(), token.masked());
    Explanation.DecidedBy rule = of.rule();
    page.say(
        "explain.rule", rule.program(), rule.version(), rule.name() == null ? "-" : rule.name());
    for (Explanation.Held fact : of.facts())
      page.say("explain.fact", page.words().say(fact.said()), fact.rule());
    for (Explanation.Missing fact : of.missing())
      page.say("explain.missing", fact.fact(), fact.rule(), page.words().say(fact.said()));
    page.say("explain.arithmetic", of.arithmetic());
    Explanation.Desired award = of.award();
    if (award != null && award.reason() != null)
      page.say("explain.award", award.granted(), award.desired(), award.reason());
    TextTable consumed = page.words().table("entry", ">points", "night");
    for (Explanation.Use use : of.consumedBy())
      consumed.row(use.entry(), use.points(), use.night());
    page.table("explain.consumed", consumed);
    TextTable took = page.words().table("lot", "line", ">points", "night");
    for (Explanation.Taken taken : of.took())
      took.row(taken.lot(), taken.line(), taken.points(), taken.night());
    page.table("explain.took", took);
  }

  private static void evidence(Page page, Explanation of) {
    if (of.evidence() instanceof Proof.OfOrder bound) {
      page.say("explain.evidence.BINDING", bound.channel(), bound.order(), "", bound.boundAt());
      SourceRow row = bound.source();
      page.say("explain.evidence.row", row.file(), row.row(), row.sha256());
    } else if (of.evidence() instanceof Proof.OfMerge proof) {
      page.say(
          "explain.evidence." + proof.type(),
          proof.channel(),
          proof.order() == null ? proof.platformId() : proof.order(),
          proof.shop(),
          proof.boundAt());
      page.say("explain.evidence.joined", proof.merged(), proof.joined());
    } else if (of.cause().type().equals("MERGE")) {
      page.say("explain.evidence.unknown");
    }
  }

  private static void sources(Page page, Explanation of) {
    SourceRow line = of.lineSource() != null ? of.lineSource() : of.source();
    Explanation.Opening opening = of.opening();
    if (opening != null) {
      for (Explanation.Customer c : opening.customers())
        page.say("explain.customer", c.file(), c.row(), c.points(), c.sha256());
      page.say("explain.opening", opening.combine(), opening.theirs(), opening.ours());
    } else if (line != null) {
      page.say("explain.source", line.file(), line.row(), line.sha256());
    }
    Explanation.Correction by = of.adjustment();
    if (by != null) {
      if (by.adjustmentNo() == null) page.say("explain.signed", by.requestedBy(), by.approvedBy());
      else page.say("explain.adjustment", by.requestedBy(), by.approvedBy(), by.adjustmentNo());
      if (by.reason() != null) page.say("explain.reason", by.reason());
    }
    SourceRow order = of.orderSource();
    if (order != null && !order.equals(line)) page.say("explain.order", order.file(), order.row());
  }

  /** Money for people. */
  private static String yuan(long fen) {
    return "¥" + BigDecimal.valueOf(fen, 2).toPlainString();
  }
}
