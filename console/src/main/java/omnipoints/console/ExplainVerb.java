package omnipoints.console;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import omnipoints.books.Books;
import omnipoints.books.Explanation;
import omnipoints.jobs.Home;
import omnipoints.points.EntryKey;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code explain ENTRY}: the file, row, evidence, rule and arithmetic behind one ledger entry, and
 * what came of it.
 */
final class ExplainVerb implements Verb {
  private static final Pattern KEY = Pattern.compile("(\\d{8})-(.+)-(\\d{5,9})");

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ENTRY", true));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    EntryKey key = key(call);
    Path programs = Home.open(call.home()).programs();
    try (Books books = HomeBooks.open(call)) {
      Explanation explanation =
          Explanation.of(books, programs, key)
              .orElseThrow(
                  () ->
                      call.refused(
                          "NO_SUCH_ENTRY",
                          List.of(
                              call.command("ledger", "--date", key.night().toString()),
                              call.command("member", key.member())),
                          "explain.unknown",
                          key));
      return Answer.of(explanation, page -> ExplanationPage.print(page, explanation));
    }
  }

  private static EntryKey key(Call call) {
    String text = call.operand(0);
    Matcher matcher = KEY.matcher(text);
    try {
      if (matcher.matches()) {
        LocalDate night = LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE);
        return new EntryKey(night, matcher.group(2), Integer.parseInt(matcher.group(3)));
      }
    } catch (DateTimeParseException e) {
      // falls through: no date, no entry
    }
    throw call.usage("explain.key", text);
  }
}
