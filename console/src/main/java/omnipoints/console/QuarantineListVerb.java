package omnipoints.console;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import omnipoints.books.Books;
import omnipoints.books.Quarantine;
import omnipoints.books.Quarantine.Filter;
import omnipoints.books.Quarantine.Group;
import omnipoints.books.Quarantine.Item;
import omnipoints.books.Quarantine.RefusedFile;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quarantine list}: rows that could not be trusted and are still not used, one by one or by
 * reason; {@code --files} those files that were refused whole.
 */
final class QuarantineListVerb implements Verb {
  /** Refusals that another mapping may end; the others need another file. */
  private static final Set<String> MENDED_BY_A_MAPPING =
      Set.of("NO_MAPPING", "AMBIGUOUS_MAPPING", "TOO_LARGE");

  @Override
  public String name() {
    return "quarantine list";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    RejectFilter.declareAll(spec, words);
    spec.addOption(CommandTree.flag(words, "--group"));
    spec.addOption(CommandTree.flag(words, "--files"));
    spec.addOption(CommandTree.flag(words, "--all"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    if (call.has("--group") && call.has("--files"))
      throw call.usage("usage.either", "--group", "--files");
    try (Books books = HomeBooks.open(call)) {
      Filter filter = RejectFilter.of(call);
      if (call.has("--files")) return files(call, Quarantine.files(books, filter));
      if (call.has("--group")) return groups(call, Quarantine.groups(books, filter));
      return items(call, Quarantine.items(books, filter), Quarantine.refusedFiles(books));
    }
  }

  private record Items(List<Item> items, int refusedFiles, List<String> next) {}

  private static Answer items(Call call, List<Item> items, int refused) {
    List<String> next = new ArrayList<>();
    if (!items.isEmpty()) {
      next.add(call.command("quarantine", "show", items.get(0).id()));
      next.add(call.command("quarantine", "list", "--group"));
    }
    if (refused > 0) next.add(call.command("quarantine", "list", "--files"));
    Items listed = new Items(items, refused, next);
    return Answer.of(listed, page -> print(page, listed));
  }

  private static void print(Page page, Items listed) {
    Words words = page.words();
    TextTable table =
        words.table(
            "id",
            "reason",
            "channel",
            "shop",
            "key",
            "column",
            "value",
            "first_night",
            ">age_nights",
            "state");
    for (Item item : listed.items())
      table.row(
          item.id(),
          words.reason(item.reason()),
          item.channel(),
          item.shop(),
          item.key(),
          item.column(),
          item.valueMasked(),
          item.firstNight(),
          item.ageNights(),
          state(words, item));
    if (table.isEmpty()) page.say("quarantine.none");
    else page.say("quarantine.head", listed.items().size()).table(null, table);
    if (listed.refusedFiles() > 0) page.blank().say("quarantine.files.some", listed.refusedFiles());
    page.next(listed.next());
  }

  /** OPEN alone would hide that something is under way, or was in vain. */
  private static String state(Words words, Item item) {
    String state = words.state(item.state());
    if (!item.open()) return state;
    if (item.replayWaits()) return words.say("quarantine.waits", state);
    return item.again() == null
        ? state
        : words.say("quarantine.again", state, item.again().reason());
  }

  private record Groups(List<Group> groups, List<String> next) {}

  private static Answer groups(Call call, List<Group> groups) {
    List<String> next = new ArrayList<>();
    if (!groups.isEmpty()) {
      Group first = groups.get(0);
      next.add(call.command("quarantine", "show", first.example()));
      next.add(
          call.command(
              "quarantine",
              "replay",
              "--reason",
              first.reason(),
              "--channel",
              first.channel(),
              "--dry-run"));
    }
    Groups listed = new Groups(groups, next);
    return Answer.of(listed, page -> print(page, listed));
  }

  private static void print(Page page, Groups listed) {
    if (listed.groups().isEmpty()) {
      page.say("quarantine.none");
      return;
    }
    Words words = page.words();
    TextTable table =
        words.table(
            "reason",
            "channel",
            "document",
            "column",
            ">rejects",
            "example",
            "first_night",
            ">age_nights");
    for (Group group : listed.groups())
      table.row(
          words.reason(group.reason()),
          group.channel(),
          group.document(),
          group.column(),
          group.rejects(),
          group.example(),
          group.firstNight(),
          group.ageNights());
    page.table(null, table).next(listed.next());
  }

  private record Files(List<RefusedFile> items, List<String> next) {}

  private static Answer files(Call call, List<RefusedFile> files) {
    List<String> next = new ArrayList<>();
    files.stream()
        .filter(file -> MENDED_BY_A_MAPPING.contains(file.reason()))
        .findFirst()
        .ifPresent(
            file ->
                next.add(
                    call.commandOn(
                        file.file(),
                        "quarantine",
                        "replay",
                        "--file",
                        file.sha256(),
                        "--dry-run")));
    files.stream()
        .filter(file -> !MENDED_BY_A_MAPPING.contains(file.reason()))
        .findFirst()
        .ifPresent(file -> next.add(call.words().say("quarantine.files.again", file.file())));
    Files listed = new Files(files, next);
    return Answer.of(listed, page -> print(page, listed));
  }

  private static void print(Page page, Files listed) {
    if (listed.items().isEmpty()) {
      page.say("quarantine.files.none");
      return;
    }
    Words words = page.words();
    for (RefusedFile file : listed.items()) {
      page.say(
          "quarantine.file",
          file.file(),
          words.reason(file.reason()),
          file.channel(),
          file.shop(),
          file.firstNight(),
          words.state(file.state()));
      page.say("quarantine.file.sha256", file.sha256());
      for (String line : file.detail().split("\n")) page.sentence("  " + line);
    }
    page.next(listed.next());
  }
}
