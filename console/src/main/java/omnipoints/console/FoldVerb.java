package omnipoints.console;

import java.sql.SQLException;
import java.util.List;
import omnipoints.jobs.Fold;
import omnipoints.jobs.Home;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code fold [--dry-run]}: lets the rows of many nights lie together, as each night does itself.
 */
final class FoldVerb implements Verb {
  @Override
  public String name() {
    return "fold";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.flag(words, "--dry-run"));
  }

  private record Told(boolean dryRun, List<Fold.Folded> folded, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    Home home = Home.open(call.home());
    boolean dry = call.has("--dry-run");
    try (Database database = Databases.openToWrite(home)) {
      List<Fold.Folded> folded =
          dry ? Fold.plan(database) : Fold.run(database, call.around().clock());
      List<String> next = dry && !folded.isEmpty() ? List.of("./omnipoints fold") : List.of();
      return Answer.of(new Told(dry, folded, next), page -> print(page, folded, dry, next));
    }
  }

  private static void print(Page page, List<Fold.Folded> folded, boolean dry, List<String> next) {
    if (folded.isEmpty()) {
      page.say("fold.none");
      return;
    }
    page.say(dry ? "fold.would" : "fold.done");
    TextTable table = page.words().table("table", "from", "to", ">leaves", ">rows");
    for (Fold.Folded one : folded)
      table.row(one.table(), one.from(), one.to(), one.leaves(), one.rows());
    page.table(null, table).next(next);
  }
}
