package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import omnipoints.books.Books;
import omnipoints.books.Deliveries;
import picocli.CommandLine.Model.CommandSpec;

/** {@code delivery show SHA256}: when a file came, and what stands as it says it. */
final class DeliveryShowVerb implements Verb {
  private static final long SEVERAL = 20;

  @Override
  public String name() {
    return "delivery show";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "SHA256", true));
  }

  private record Shown(
      @JsonUnwrapped Deliveries.Item item,
      List<Deliveries.Arrival> arrivals,
      Deliveries.Holds holds,
      List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    String hash = call.operand(0).toLowerCase(Locale.ROOT);
    if (!hash.matches("[0-9a-z]{2,64}")) throw call.usage("delivery.hash", call.operand(0));
    try (Books books = HomeBooks.open(call)) {
      List<Deliveries.Item> found = Deliveries.ofHash(books, hash, SEVERAL);
      List<String> hashes = found.stream().map(Deliveries.Item::sha256).distinct().toList();
      if (hashes.size() != 1)
        throw call.refused(
            hashes.isEmpty() ? "NO_SUCH_DELIVERY" : "SEVERAL_DELIVERIES",
            List.of(call.command("delivery", "list")),
            hashes.isEmpty() ? "delivery.unknown" : "delivery.several",
            hash,
            hashes.size());
      Deliveries.Item item = found.get(0);
      Deliveries.Holds holds = Deliveries.holds(books, item.sha256());
      List<String> next =
          holds.openRejects() == 0
              ? List.of(call.command("status", item.firstNight().toString()))
              : List.of(call.command("quarantine", "list", "--file", item.file()));
      Shown shown = new Shown(item, Deliveries.arrivals(books, item.sha256()), holds, next);
      return Answer.of(shown, page -> print(page, shown));
    }
  }

  private static void print(Page page, Shown shown) {
    Words words = page.words();
    Deliveries.Item item = shown.item();
    page.say(
        "delivery.head", item.file(), item.channel(), item.shop(), item.document(), item.rows());
    page.say("quarantine.file.sha256", item.sha256());
    if (!item.withdrawn().isEmpty()) page.say("delivery.withdrawn", item.withdrawn());
    TextTable table = words.table("night", "outcome", ">rows", "became", "file");
    for (Deliveries.Arrival arrival : shown.arrivals())
      table.row(
          arrival.night(),
          arrival.outcome(),
          arrival.rowsIn(),
          became(arrival, words),
          arrival.file());
    page.table("delivery.came", table);
    TextTable holds = words.table("what", ">stands");
    Json.fields(shown.holds())
        .forEach(
            (what, count) -> {
              if ((Long) count != 0) holds.row(words.label(what), count);
            });
    page.table("delivery.stands", holds);
    page.next(shown.next());
  }

  private static String became(Deliveries.Arrival arrival, Words words) {
    Map<String, Object> fates = Json.fields(arrival);
    return fates.entrySet().stream()
        .filter(fate -> fate.getKey().startsWith("rows_") && !fate.getKey().equals("rows_in"))
        .filter(fate -> (Long) fate.getValue() != 0)
        .map(fate -> words.label(fate.getKey().substring("rows_".length())) + " " + fate.getValue())
        .collect(Collectors.joining(" + "));
  }
}
