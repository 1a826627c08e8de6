package omnipoints.console;

import java.util.List;
import omnipoints.books.Account;
import omnipoints.books.Family;
import omnipoints.books.MaskedToken;

/** An account for people. */
final class AccountPage {
  private static final int STATEMENT_SHOWN = 40;
  private static final int LOTS_SHOWN = 40;

  private AccountPage() {}

  static void print(Page page, Account account, Family family) {
    if (!account.memberId().equals(account.askedFor()))
      page.say("member.merged", account.askedFor(), account.memberId(), family.mergedNight());
    page.say("member.head", account.memberId(), account.asOf() == null ? "-" : account.asOf())
        .say("member.balance", account.available(), account.pending(), account.owed());
    if (account.tier() != null) page.say("member.tier", account.tier());
    TextTable tokens = page.words().table("kind", "channel", "value");
    for (MaskedToken token : account.identities())
      tokens.row(token.kind(), token.channel(), token.masked());
    page.table("member.identities", tokens);
    tiers(page, account);
    lots(page, account.lots().stream().filter(lot -> lot.remaining() > 0).toList());
    statement(page, account.statement());
  }

  private static void tiers(Page page, Account account) {
    if (account.tierHistory() == null) return;
    TextTable table =
        page.words()
            .table(
                "night", "tier_from", "tier_to", "reason", "effective_on", "keep_by", "evidence");
    for (Account.TierStep step : account.tierHistory())
      table.row(
          step.night(),
          step.from(),
          step.to(),
          step.reason(),
          step.effectiveOn(),
          step.keepBy(),
          step.evidence());
    page.table("member.tiers", table);
  }

  private static void lots(Page page, List<Account.Lot> open) {
    TextTable table =
        page.words().table("line", "shop", ">points", ">remaining", "available_on", "expires_on");
    for (Account.Lot lot : open.subList(0, Math.min(LOTS_SHOWN, open.size())))
      table.row(
          lot.line(),
          lot.shop(),
          lot.points(),
          lot.remaining(),
          lot.availableOn(),
          lot.expiresOn());
    page.table("member.lots", table);
    if (open.size() > LOTS_SHOWN) page.say("more.later", open.size() - LOTS_SHOWN);
  }

  private static void statement(Page page, List<Account.Entry> entries) {
    Words words = page.words();
    TextTable table =
        words.table(
            "entry",
            "effective_at",
            "kind",
            ">points",
            ">moved",
            ">balance_after",
            "cause",
            "formula");
    int skipped = Math.max(0, entries.size() - STATEMENT_SHOWN);
    for (Account.Entry entry : entries.subList(skipped, entries.size()))
      table.row(
          entry.entry(),
          entry.effectiveAt(),
          words.kind(entry.kind()),
          entry.points(),
          entry.moved() == 0 ? "" : entry.moved(),
          entry.balanceAfter(),
          entry.cause(),
          entry.formula());
    page.table("member.statement", table);
    if (skipped > 0) page.say("more.earlier", skipped);
  }
}
