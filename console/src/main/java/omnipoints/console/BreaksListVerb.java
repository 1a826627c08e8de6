package omnipoints.console;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import omnipoints.books.Books;
import picocli.CommandLine.Model.CommandSpec;

/** {@code breaks list}: disagreements that reconciliation found and nobody has settled. */
final class BreaksListVerb implements Verb {
  @Override
  public String name() {
    return "breaks list";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.flag(words, "--all"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    try (Books books = HomeBooks.open(call)) {
      Map<String, Object> params =
          Map.of("until", books.lastClosedOrNever(), "all", call.has("--all"));
      List<Map<String, Object>> items =
          HomeBooks.statement("breaks", "breaks").list(books.connection(), params, BreakItem::of);
      return Answer.of(Fields.of("items", items), page -> print(page, items, call));
    }
  }

  private static void print(Page page, List<Map<String, Object>> items, Call call) {
    if (items.isEmpty()) {
      page.say("breaks.none");
      return;
    }
    page.say("breaks.head", items.size());
    items.forEach(item -> BreakItem.print(page, item));
    page.next(List.of(call.command("breaks", "show", (String) items.get(0).get("id"))));
  }
}
