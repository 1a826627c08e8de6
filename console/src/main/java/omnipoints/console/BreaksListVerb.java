package omnipoints.console;

import java.sql.SQLException;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Breaks;
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

  private record Listed(List<Breaks.Item> items) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    try (Books books = HomeBooks.open(call)) {
      Listed listed = new Listed(Breaks.list(books, call.has("--all")));
      return Answer.of(listed, page -> print(page, listed.items(), call));
    }
  }

  private static void print(Page page, List<Breaks.Item> items, Call call) {
    if (items.isEmpty()) {
      page.say("breaks.none");
      return;
    }
    page.say("breaks.head", items.size());
    items.forEach(item -> BreakItem.print(page, item));
    page.next(List.of(call.command("breaks", "show", items.get(0).id())));
  }
}
