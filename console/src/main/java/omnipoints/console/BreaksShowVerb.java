package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Breaks;
import omnipoints.jobs.BreakDecision;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code breaks show ID}: everything about one break: what disagrees, the rows it rests on, the
 * orders of a class, what nights and people did about it, what decides it.
 */
final class BreaksShowVerb implements Verb {
  private static final int SHOWN = 20;

  @Override
  public String name() {
    return "breaks show";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
    spec.addOption(CommandTree.flag(words, "--all", "all-orders"));
  }

  private record Found(
      @JsonUnwrapped Breaks.Item item,
      String meaning,
      String decidedBy,
      @JsonUnwrapped Breaks.Detail detail,
      List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    try (Books books = HomeBooks.open(call)) {
      Breaks.Item item =
          Breaks.of(books, call.operand(0))
              .orElseThrow(
                  () ->
                      call.refused(
                          "NO_SUCH_BREAK",
                          List.of(call.command("breaks", "list", "--all")),
                          "breaks.unknown",
                          call.operand(0)));
      Found found =
          new Found(
              item,
              call.words().sayOr("break.meaning." + item.type(), ""),
              call.words().sayOr("break.decides." + item.type(), ""),
              Breaks.detail(books, item, call.has("--all")),
              next(call, item));
      return Answer.of(found, page -> print(page, found));
    }
  }

  private static List<String> next(Call call, Breaks.Item item) {
    if (!item.open()) return List.of(call.command("breaks", "list"));
    List<String> next = new ArrayList<>();
    if (BreakDecision.ACCEPTABLE.equals(item.type()))
      next.add(call.command("breaks", "resolve", item.id(), "--accept", "--because", "TEXT"));
    next.add(call.command("breaks", "resolve", item.id(), "--because", "TEXT"));
    return next;
  }

  private static void print(Page page, Found found) {
    Words words = page.words();
    BreakItem.print(page, found.item());
    if (!found.meaning().isEmpty()) page.wrapped("  " + found.meaning(), 2);
    found.detail().evidence().stream()
        .limit(SHOWN)
        .forEach(
            row -> page.wrapped("  " + words.say("breaks.evidence", row.file(), row.row()), 4));
    printOrders(page, found);
    if (!found.detail().history().isEmpty()) page.blank().say("breaks.history");
    for (Breaks.Event event : found.detail().history()) page.wrapped("  " + told(event, words), 4);
    if (found.item().open() && !found.decidedBy().isEmpty()) {
      page.blank().say("breaks.decides");
      page.wrapped("  " + found.decidedBy(), 2);
    }
    page.next(found.next());
  }

  private static String told(Breaks.Event event, Words words) {
    String what = words.say("break.event." + event.event());
    return event.by() == null
        ? words.say("breaks.history.night", event.night(), what, event.detail(), event.because())
        : words.say("breaks.history.person", event.at(), what, event.by(), event.because());
  }

  private static void printOrders(Page page, Found found) {
    TextTable table = page.words().table("order", "paid_at", ">points", "why");
    found.detail().ordersListed().stream()
        .limit(SHOWN)
        .forEach(
            order ->
                table.row(
                    order.order(),
                    order.paidAt() == null ? "" : order.paidAt().toLocalDate(),
                    order.points(),
                    page.words().say("break.order." + order.reason())));
    page.table("breaks.orders", table);
    Long all = found.item().orders();
    if (all != null && all > SHOWN) page.say("more.later", all - SHOWN);
  }
}
