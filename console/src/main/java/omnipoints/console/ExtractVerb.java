package omnipoints.console;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.books.Books;
import omnipoints.jobs.Home;
import omnipoints.jobs.KeptExtract;
import omnipoints.jobs.extract.KeptFiles.Written;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code extract --date D}: writes the CRM files of a closed night again, byte for byte. */
final class ExtractVerb implements Verb {
  @Override
  public String name() {
    return "extract";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--date", "DATE", "extract-date"));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    LocalDate date = call.date("--date");
    if (date == null) throw call.usage("extract.date");
    Home home = Home.open(call.home());
    try (Books books = HomeBooks.open(call)) {
      HomeBooks.closed(books, date, call);
    }
    try (Database database = Databases.open(home);
        Connection connection = database.connection()) {
      Rewritten answer =
          new Rewritten(date, "outbox/crm/" + date, KeptExtract.writeAgain(home, connection, date));
      return Answer.of(answer, page -> print(page, answer));
    }
  }

  private record Rewritten(LocalDate date, String folder, List<Written> files) {}

  private static void print(Page page, Rewritten answer) {
    page.say("extract.head", answer.date(), answer.folder());
    for (Written file : answer.files()) {
      String key = file.written() ? "extract.written" : "extract.intact";
      page.wrapped("  " + page.words().say(key, file.name(), file.bytes()), 4);
    }
  }
}
