package omnipoints.console;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.books.Account;
import omnipoints.books.AsOf;
import omnipoints.books.Books;
import omnipoints.books.Family;
import omnipoints.books.Members;
import omnipoints.jobs.Home;
import omnipoints.jobs.Tokens;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code member}: one account, found by id, phone, card, platform id or order; as of a closed
 * night.
 */
final class MemberVerb implements Verb {

  /** Entries whose formula is told: more than people look through, and told in half a second. */
  private static final int EXPLAINED = 200;

  @Override
  public String name() {
    return "member";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "MEMBER", false));
    spec.addOption(CommandTree.option(words, "--phone", "-"));
    spec.addOption(CommandTree.option(words, "--card", "CARD"));
    spec.addOption(CommandTree.option(words, "--id", "CHANNEL:VALUE"));
    spec.addOption(CommandTree.option(words, "--order", "CHANNEL:NO"));
    spec.addOption(CommandTree.option(words, "--as-of", "DATE"));
  }

  @Override
  public Answer answer(Call call) throws Exception {
    long selectors = Stream.of("--phone", "--card", "--id", "--order").filter(call::has).count();
    if (selectors + (call.operand(0) == null ? 0 : 1) != 1) throw call.usage("member.selectors");
    if (call.has("--phone") && !call.value("--phone").equals("-"))
      throw call.usage("member.phone.argument");
    LocalDate asked = call.date("--as-of");
    try (Books books = HomeBooks.open(call)) {
      AsOf asOf = HomeBooks.asOf(books, asked, call);
      Members members =
          new Members(books, asOf, token -> Tokens.of(Home.open(call.home())).hash(token));
      Members.Known member = new MemberFinder(members, call, asOf).find();
      Family family = Family.of(books, member, asOf.night());
      Account account =
          Account.of(books, member.memberId(), family, asOf)
              .explained(books, Home.open(call.home()).programs(), EXPLAINED);
      return Answer.of(account, page -> AccountPage.print(page, account, family));
    }
  }

  static List<String> selectors(Call call) {
    return List.of(
        call.command("member", "--card", "CARD"), call.command("member", "--order", "tmall:NO"));
  }
}
