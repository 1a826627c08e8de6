package omnipoints.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import omnipoints.books.AccountFacts;
import omnipoints.books.Books;
import omnipoints.books.MemberFacts;
import omnipoints.books.Memory;
import omnipoints.books.ProductFacts;
import omnipoints.jobs.Home;
import omnipoints.mappings.Channels;
import omnipoints.points.Products;
import omnipoints.points.Programme;
import omnipoints.points.Quote;
import omnipoints.points.Remembered;
import omnipoints.points.rules.Facts;
import omnipoints.points.tiers.Tiers;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quote FILE|-}: what an order would be worth, as if it were posted alone tonight and
 * completed when it is paid. Of the database it asks who the member is and what products are.
 */
final class QuoteVerb implements Verb {

  @Override
  public String name() {
    return "quote";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "FILE", true, "quote"));
  }

  private record Told(
      long points,
      List<Quote.Line> lines,
      List<Quote.Grant> grants,
      LocalDate availableOn,
      LocalDate expiresOn,
      Long cashOffMaxFen) {}

  @Override
  public Answer answer(Call call) throws IOException, SQLException {
    QuoteRequest request = QuoteRequest.read(text(call), call);
    Home home = Home.open(call.home());
    Programme programme = HomeProgramme.of(call, null);
    ZoneId zone = home.config().zone();
    LocalDate paidOn = LocalDate.ofInstant(request.paidAt(), zone);
    Set<String> noGoods = exclusions(home, request.channel());
    Facts.Member owner = null;
    Products products = Products.NONE;
    Remembered remembered = Remembered.NOTHING;
    boolean earns = true;
    try (Books books = books(call, home)) {
      if (books == null && request.member() != null) throw HomeBooks.noNight(call);
      if (request.member() != null)
        owner =
            member(
                call,
                books,
                request,
                home.config().staff().hq(),
                paidOn,
                programme.ofNight(paidOn).tiers());
      if (owner != null)
        earns =
            AccountFacts.of(books, owner.member())
                .earns(
                    request.paidAt(),
                    request.paidAt(),
                    programme.ofNight(paidOn).limits().frozen());
      if (books != null) {
        products = ProductFacts.of(books);
        remembered = Memory.of(books, programme, request.member());
      }
    }
    Quote.Basket basket = request.basket(owner, noGoods);
    Quote quote =
        earns ? Quote.of(programme, zone, products, basket, remembered) : Quote.nothing(basket);
    boolean frozen = !earns;
    Told told =
        new Told(
            quote.points(),
            quote.lines(),
            quote.grants(),
            quote.availableOn(),
            quote.expiresOn(),
            Quote.cashOffMaxFen(programme, zone, basket));
    return Answer.of(told, page -> print(page, quote, frozen));
  }

  private static String text(Call call) throws IOException {
    if (call.operand(0).equals("-"))
      return new String(call.around().in().readAllBytes(), StandardCharsets.UTF_8);
    Path file = call.around().directory().resolve(call.operand(0));
    if (!Files.isRegularFile(file)) throw call.usage("file.missing", file);
    return Files.readString(file);
  }

  /** What the channel's mapping says is no goods; nothing of a channel that nobody maps. */
  private static Set<String> exclusions(Home home, String channel) {
    Channels channels = Channels.load(home.mappings());
    String mapping = home.mapping(channel);
    return channels.codes().contains(mapping) ? channels.channel(mapping).exclusions() : Set.of();
  }

  /** Null where no night was ever begun; a database that never was is not made for a question. */
  private static Books books(Call call, Home home) throws SQLException {
    if (Databases.isLocal(home) && !Databases.local(home, call).exists()) return null;
    return Books.open(Databases.open(home), home.config().zone()).orElse(null);
  }

  private static Facts.Member member(
      Call call, Books books, QuoteRequest request, Set<String> hq, LocalDate on, Tiers tiers) {
    return MemberFacts.of(books, request.member(), request.paidAt(), hq, on, tiers)
        .orElseThrow(
            () ->
                call.refused(
                    "UNKNOWN_MEMBER",
                    List.of(call.command("member", "--card", "CARD")),
                    "quote.nobody",
                    request.member()));
  }

  private static void print(Page page, Quote quote, boolean frozen) {
    page.say("quote.points", quote.points());
    if (frozen) page.say("quote.frozen");
    if (quote.availableOn() != null) page.say("quote.available", quote.availableOn());
    if (quote.expiresOn() != null) page.say("quote.expires", quote.expiresOn());
    TextTable lines = page.words().table("line", ">points", "formula");
    for (Quote.Line line : quote.lines()) lines.row(line.line(), line.points(), line.formula());
    page.table("quote.lines", lines);
    if (quote.grants().isEmpty()) return;
    TextTable grants = page.words().table("rule", ">points");
    for (Quote.Grant grant : quote.grants()) grants.row(grant.rule(), grant.points());
    page.table("quote.grants", grants);
  }
}
