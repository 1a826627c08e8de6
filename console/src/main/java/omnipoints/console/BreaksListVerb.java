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
    spec.addOption(CommandTree.option(words, "--owner", "NAME"));
  }

  private record Listed(List<Breaks.Item> items) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    try (Books books = HomeBooks.open(call)) {
      String owner = call.value("--owner");
      Listed listed =
          new Listed(
              Breaks.list(books, call.has("--all")).stream()
                  .filter(item -> owner == null || item.owner().equals(owner))
                  .toList());
      return Answer.of(listed, page -> print(page, listed.items(), call));
    }
  }

  /** How many there are of each type by their age. */
  private static TextTable bands(List<Breaks.Item> items, Words words) {
    String[] bands = {"0-1", "2-3", "4-7", "8-30", ">30"};
    TextTable table = words.table("type", ">0-1", ">2-3", ">4-7", ">8-30", ">>30");
    items.stream()
        .map(Breaks.Item::type)
        .distinct()
        .sorted()
        .forEach(
            type -> {
              Object[] row = new Object[bands.length + 1];
              row[0] = type;
              for (int i = 0; i < bands.length; i++) {
                String band = bands[i];
                row[i + 1] =
                    items.stream()
                        .filter(item -> item.type().equals(type) && item.ageBand().equals(band))
                        .count();
              }
              table.row(row);
            });
    return table;
  }

  private static void print(Page page, List<Breaks.Item> items, Call call) {
    if (items.isEmpty()) {
      page.say("breaks.none");
      return;
    }
    page.say("breaks.head", items.size());
    page.table(null, bands(items, page.words()));
    page.blank();
    items.forEach(item -> BreakItem.print(page, item));
    page.next(List.of(call.command("breaks", "show", items.get(0).id())));
  }
}
