package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.KeptExtract;
import omnipoints.jobs.KeptExtract.Written;
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
    try (Books books = Books.open(call)) {
      books.closed(date, call);
      List<Written> files = KeptExtract.writeAgain(books.home(), books.connection(), date);
      List<Map<String, Object>> json =
          files.stream()
              .map(
                  file ->
                      Fields.of(
                          "name", file.name(),
                          "bytes", file.bytes(),
                          "sha256", file.sha256(),
                          "written", file.written()))
              .toList();
      return Answer.of(
          Fields.of("date", date, "folder", "outbox/crm/" + date, "files", json),
          page -> {
            page.say("extract.head", date, "outbox/crm/" + date);
            for (Written file : files) {
              String key = file.written() ? "extract.written" : "extract.intact";
              page.wrapped("  " + call.words().say(key, file.name(), file.bytes()), 4);
            }
          });
    }
  }
}
