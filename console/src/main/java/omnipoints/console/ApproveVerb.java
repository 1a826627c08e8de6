package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.books.NightStatus;
import omnipoints.books.NightStatus.FigureOfNight;
import omnipoints.jobs.Approval;
import omnipoints.jobs.Home;
import omnipoints.jobs.Rerun;
import omnipoints.jobs.Without;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code approve RUN}: lets a night close whose figures are not what the last nights show. */
final class ApproveVerb implements Verb {
  @Override
  public String name() {
    return "approve";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "RUN", true));
    spec.addOption(CommandTree.option(words, "--reason", "TEXT", "run.reason"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
    NightRun.declareShared(spec, words);
  }

  private record Told(LocalDate date, List<FigureOfNight> figures, List<String> next) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    boolean dryRun = call.has("--dry-run");
    String reason = call.value("--reason");
    if (!dryRun && (reason == null || reason.isBlank())) throw call.usage("approve.reason");
    LocalDate date = RunOperand.night(call, call.operand(0));
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      if (dryRun) {
        database.inTransaction(connection -> Approval.outside(connection, date));
        return shown(call, date);
      }
      Approval.record(
          database,
          call.around().clock(),
          date,
          new Rerun.Asked(RejectFilter.actor(call), reason.strip()));
    }
    return NightRun.answer(call, home, date, Without.NOTHING);
  }

  private static Answer shown(Call call, LocalDate date) throws SQLException {
    List<String> next = List.of(call.command("approve", date.toString(), "--reason", "TEXT"));
    try (Books books = HomeBooks.open(call)) {
      List<FigureOfNight> figures =
          NightStatus.of(books, date, "").orElseThrow().figures().stream()
              .filter(FigureOfNight::outside)
              .toList();
      return Answer.of(
          new Told(date, figures, next),
          page -> {
            page.say("approve.head", date);
            FigurePage.print(page, figures);
            page.next(next);
          });
    }
  }
}
