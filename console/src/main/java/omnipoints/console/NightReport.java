package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import omnipoints.books.Books;
import omnipoints.books.NightStatus;
import omnipoints.books.NightStatus.Delivery;
import omnipoints.books.NightStatus.Left;
import omnipoints.books.NightStatus.OrdersOfClass;
import omnipoints.books.NightStatus.Points;
import omnipoints.books.NightStatus.Step;

/**
 * The answer of {@code status}, {@code nightly} and {@code restart}: what a night did, and what to
 * type next.
 */
record NightReport(@JsonUnwrapped NightStatus night, List<String> next) {
  private static final int LEFT_SHOWN = 20;

  /** Outcomes of deliveries that were read. */
  private static final Set<String> READ = Set.of("ACCEPTED", "REVISION", "DUPLICATE", "EMPTY");

  /**
   * @param date of the night, null for the last one
   * @throws Refusal NO_NIGHT or NO_SUCH_RUN
   */
  static Answer answer(Call call, LocalDate date) throws SQLException {
    try (Books books = HomeBooks.open(call)) {
      LocalDate last = NightStatus.last(books).orElseThrow(() -> HomeBooks.noNight(call));
      LocalDate asked = date == null ? last : date;
      NightStatus night =
          NightStatus.of(books, asked, call.words().say("night.interrupted"))
              .orElseThrow(() -> unknown(call, asked));
      NightReport report = new NightReport(night, next(night, advice(books, night, call), call));
      return Answer.of(report, report::print);
    }
  }

  static Refusal unknown(Call call, LocalDate date) {
    return call.refused("NO_SUCH_RUN", List.of(call.command("status")), "night.unknown", date);
  }

  /** What a failure said is to be done; how to go on then is said of every night alike. */
  private static List<String> advice(Books books, NightStatus night, Call call) {
    List<String> said =
        NightStatus.advice(books, night.date()).stream()
            .filter(line -> !line.startsWith("./omnipoints restart " + night.date()))
            .toList();
    return call.forThisHome(said);
  }

  private static List<String> next(NightStatus night, List<String> advice, Call call) {
    String date = night.date().toString();
    List<String> next = new ArrayList<>();
    switch (night.state()) {
      case "CLOSED" -> {
        // Closed is final for the books; what is handed over may still be to come.
        if (night.steps().stream().anyMatch(step -> step.state().equals("FAILED"))) {
          next.addAll(advice);
          next.add(call.command("restart", date));
        }
        for (Delivery delivery : night.deliveries())
          if (!READ.contains(delivery.outcome())) next.add(look(delivery, call));
        if (night.deliveries().stream().anyMatch(delivery -> delivery.rows().rejected() > 0))
          next.add(call.command("quarantine", "list"));
        if (!night.breaksByType().isEmpty()) next.add(call.command("breaks", "list"));
      }
      case "RUNNING" -> next.add(call.command("status"));
      case "WAITING" -> {
        next.add(call.command("nightly", "--date", date));
        night.expected().stream()
            .filter(one -> one.state().equals("WAITING"))
            .map(NightStatus.ExpectedDelivery::channel)
            .distinct()
            .forEach(
                channel ->
                    next.add(
                        call.command(
                            "nightly", "--date", date, "--without", channel, "--reason", "TEXT")));
      }
      default -> {
        if (stopsAtFigures(night)) {
          next.add(call.command("approve", date, "--dry-run"));
          next.add(call.command("approve", date, "--reason", "TEXT"));
        } else {
          next.addAll(advice);
          next.add(call.command("restart", date));
        }
      }
    }
    return next;
  }

  /** Whether a person has to look at figures before the night may close. */
  private static boolean stopsAtFigures(NightStatus night) {
    return night.figures().stream().anyMatch(one -> one.outside() && !one.approved());
  }

  /** A refused file is looked at in the archive, where its bytes are. */
  private static String look(Delivery refused, Call call) {
    return call.commandOn(
        refused.file(),
        "channel",
        "check",
        call.home()
            .resolve("archive")
            .resolve(refused.sha256().substring(0, 2))
            .resolve(refused.sha256())
            .toString(),
        "--channel",
        refused.channel());
  }

  private void print(Page page) {
    Words words = page.words();
    page.say("night.head", night.date(), words.state(night.state()), night.run());
    if (!night.message().isEmpty()) page.sentence("  " + night.message());
    if (!night.accepted().isEmpty()) page.say("night.accepted", night.accepted());
    page.table("night.steps", stepTable(words));
    page.table("night.expected", expectedTable(words));
    FigurePage.print(page, night.figures());
    page.table("night.deliveries", deliveryTable(words));
    told(page, "night.refused", delivery -> !READ.contains(delivery.outcome()));
    told(
        page,
        "night.warnings",
        delivery -> Set.of("ACCEPTED", "REVISION").contains(delivery.outcome()));
    leftLying(page);
    page.table("night.points", pointTable(words));
    page.table("night.breaks", breakTable(words));
    page.table("night.orders", orderTable(words));
    if (night.closeHash() != null) {
      page.blank()
          .say("night.close", night.closeHash())
          .say("night.root", night.entryRoot(), night.entries());
    }
    page.next(next);
  }

  private TextTable stepTable(Words words) {
    TextTable table = words.table("step", "state", ">read", ">written", ">rejected", ">seconds");
    for (Step step : night.steps())
      table.row(
          step.name(),
          words.state(step.state()),
          step.read(),
          step.written(),
          step.rejected(),
          step.seconds().setScale(1, RoundingMode.HALF_UP));
    return table;
  }

  private TextTable expectedTable(Words words) {
    TextTable table = words.table("channel", "shop", "document", "state", "deadline");
    for (NightStatus.ExpectedDelivery one : night.expected())
      table.row(
          one.channel(), one.shop(), one.document(), words.state(one.state()), one.deadline());
    return table;
  }

  /** What was said about files: why some were refused, and what was odd about those used. */
  private void told(Page page, String title, Predicate<Delivery> which) {
    List<Delivery> told =
        night.deliveries().stream().filter(which).filter(d -> !d.message().isEmpty()).toList();
    if (told.isEmpty()) return;
    page.blank().say(title);
    told.forEach(delivery -> page.say("night.warning", delivery.file(), about(delivery)));
  }

  /** Most messages begin with the file's name themselves. */
  private static String about(Delivery delivery) {
    String file = delivery.file() + ": ";
    String message = delivery.message();
    return message.startsWith(file) ? message.substring(file.length()) : message;
  }

  /** What lies where nobody takes it: told every night until it is gone. */
  private void leftLying(Page page) {
    List<Left> left = night.left();
    if (left.isEmpty()) return;
    page.blank().say("night.left", left.size());
    left.stream()
        .limit(LEFT_SHOWN)
        .forEach(one -> page.say("night.lies", one.file(), one.since(), one.reason()));
    if (left.size() > LEFT_SHOWN) page.say("more.later", left.size() - LEFT_SHOWN);
  }

  private TextTable deliveryTable(Words words) {
    TextTable table =
        words.table("channel", "shop", "document", "outcome", ">in", "became", "file");
    for (Delivery d : night.deliveries())
      table.row(
          d.channel(),
          d.shop(),
          d.document(),
          d.outcome(),
          d.rows().in(),
          became(d.rows(), words),
          d.file());
    return table;
  }

  /** {@code merged 3 + rejected 1}: every row has one fate, and they add up to the rows in. */
  private static String became(NightStatus.RowCounts rows, Words words) {
    Map<String, Object> fates = Json.fields(rows);
    fates.remove("in");
    return fates.entrySet().stream()
        .filter(fate -> (Long) fate.getValue() != 0)
        .map(fate -> words.label(fate.getKey()) + " " + fate.getValue())
        .collect(Collectors.joining(" + "));
  }

  private TextTable pointTable(Words words) {
    TextTable table =
        words.table(
            ">earned",
            ">released",
            ">clawed_back",
            ">redeemed",
            ">restored",
            ">expired",
            ">adjusted");
    if (!night.state().equals("CLOSED")) return table;
    Points points = night.points();
    return table.row(
        points.earned(),
        points.released(),
        points.clawedBack(),
        points.redeemed(),
        points.restored(),
        points.expired(),
        points.adjusted());
  }

  private TextTable breakTable(Words words) {
    TextTable table = words.table("type", ">opened");
    night.breaksByType().forEach(table::row);
    return table;
  }

  /** One row per channel and shop: every order is in exactly one class, and the classes add up. */
  private TextTable orderTable(Words words) {
    TextTable table = words.table("channel", "shop", ">orders", "classes");
    record Shop(String channel, String shop) {}
    Map<Shop, List<OrdersOfClass>> shops = new LinkedHashMap<>();
    for (OrdersOfClass of : night.orders())
      shops.computeIfAbsent(new Shop(of.channel(), of.shop()), shop -> new ArrayList<>()).add(of);
    shops.forEach(
        (shop, classes) ->
            table.row(
                shop.channel(),
                shop.shop(),
                classes.stream().mapToLong(OrdersOfClass::orders).sum(),
                classes.stream()
                    .map(of -> of.accountingClass() + " " + of.orders())
                    .collect(Collectors.joining(" + "))));
    return table;
  }
}
