package omnipoints.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.Quarantine;
import omnipoints.books.Quarantine.Action;
import omnipoints.books.Quarantine.Item;
import omnipoints.books.Quarantine.Parks;
import omnipoints.books.Quarantine.Place;
import omnipoints.books.Quarantine.Sibling;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quarantine show ID}: everything about one rejected row, persons masked: where it stands,
 * what is wrong with it, what waits for it, what was done about it, what to type next.
 */
final class QuarantineShowVerb implements Verb {
  @Override
  public String name() {
    return "quarantine show";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
  }

  private record Found(
      @JsonUnwrapped Item item,
      String recordMasked,
      String meaning,
      Parks parks,
      List<Sibling> siblings,
      List<Action> history,
      List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    String id = call.operand(0);
    try (Books books = HomeBooks.open(call)) {
      Item item =
          Quarantine.of(books, id)
              .orElseThrow(
                  () ->
                      call.refused(
                          "NO_SUCH_ITEM",
                          List.of(call.command("quarantine", "list")),
                          "quarantine.unknown",
                          id));
      Place place = Quarantine.place(books, item);
      Found found =
          new Found(
              item,
              place.recordMasked(),
              call.words().say("meaning." + item.reason()),
              place.parks(),
              Quarantine.siblings(books, item),
              Quarantine.history(books, item),
              next(call, item));
      return Answer.of(found, page -> print(page, found));
    }
  }

  private static List<String> next(Call call, Item item) {
    if (!item.open()) return List.of(call.command("quarantine", "list"));
    if (item.replayWaits())
      return List.of(call.command("nightly"), call.command("quarantine", "list"));
    List<String> next = new ArrayList<>();
    String cell = (item.column().isEmpty() ? "COLUMN" : item.column()) + "=VALUE";
    next.add(call.command("quarantine", "replay", item.id(), "--set", cell, "--dry-run"));
    next.add(call.command("quarantine", "replay", item.id(), "--dry-run"));
    next.add(call.command("quarantine", "waive", item.id(), "--because", "TEXT"));
    return next;
  }

  private static void print(Page page, Found found) {
    Words words = page.words();
    Json.fields(found)
        .forEach(
            (name, value) -> {
              if (value instanceof List<?> || value instanceof Record) return;
              page.sentence(words.label(name) + ": " + (value == null ? "" : value));
            });
    Quarantine.Again again = found.item().again();
    if (again != null)
      page.say(
          "quarantine.show.again",
          again.night(),
          words.reason(again.reason()),
          again.column(),
          again.valueMasked());
    Parks parks = found.parks();
    if (parks != null)
      page.say(
          parks.parked() ? "quarantine.parks" : "quarantine.parks.not",
          parks.order(),
          parks.lines(),
          parks.accountingClass());
    TextTable siblings = words.table("id", "file", ">row", "column", "reason", "state");
    for (Sibling s : found.siblings())
      siblings.row(
          s.id(), s.file(), s.row(), s.column(), words.reason(s.reason()), words.state(s.state()));
    page.table("quarantine.siblings", siblings);
    found.history().forEach(action -> print(page, action));
    page.next(found.next());
  }

  private static void print(Page page, Action done) {
    page.blank()
        .say(
            "quarantine.history",
            done.at(),
            done.by(),
            page.words().say("action." + done.action()),
            done.because());
    if (done.action().equals("WAIVE")) return;
    page.say("quarantine.history.before", done.beforeMasked());
    page.say("quarantine.history.after", done.afterMasked());
    page.say("quarantine.history.delivery", done.sha256(), done.row());
    if (done.night() == null) page.say("quarantine.history.waits");
    else if (done.rejected() == null) page.say("quarantine.history.read", done.night());
    else page.say("quarantine.history.rejected", done.night(), done.rejected());
  }
}
