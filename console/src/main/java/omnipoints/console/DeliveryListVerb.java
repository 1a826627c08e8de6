package omnipoints.console;

import java.sql.SQLException;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Deliveries;
import picocli.CommandLine.Model.CommandSpec;

/** {@code delivery list}: the files that were read, the newest first. */
final class DeliveryListVerb implements Verb {
  private static final long SHOWN = 100;

  @Override
  public String name() {
    return "delivery list";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--channel", "CHANNEL", "of-channel"));
    spec.addOption(CommandTree.option(words, "--file", "NAME", "of-file"));
    spec.addOption(CommandTree.flag(words, "--all", "all-deliveries"));
  }

  private record Listed(List<Deliveries.Item> items, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    String channel = call.value("--channel");
    String file = call.value("--file");
    try (Books books = HomeBooks.open(call)) {
      List<Deliveries.Item> items =
          Deliveries.list(
              books,
              channel == null ? "" : channel,
              file == null ? "" : file,
              call.has("--all") ? Long.MAX_VALUE : SHOWN);
      List<String> next =
          items.isEmpty()
              ? List.of()
              : List.of(
                  call.commandOn(
                      items.get(0).file(),
                      "delivery",
                      "show",
                      items.get(0).sha256().substring(0, 12)));
      return Answer.of(new Listed(items, next), page -> print(page, items, next));
    }
  }

  private static void print(Page page, List<Deliveries.Item> items, List<String> next) {
    if (items.isEmpty()) {
      page.say("delivery.none");
      return;
    }
    TextTable table =
        page.words().table("first_night", "channel", "shop", "document", ">rows", "sha256", "file");
    for (Deliveries.Item item : items)
      table.row(
          item.firstNight(),
          item.channel(),
          item.shop(),
          item.document(),
          item.rows(),
          item.sha256().substring(0, Math.min(12, item.sha256().length())),
          item.file());
    page.table(null, table).next(next);
  }
}
