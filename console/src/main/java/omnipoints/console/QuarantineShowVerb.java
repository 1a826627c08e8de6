package omnipoints.console;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code quarantine show ID}: one rejected row, persons masked. */
final class QuarantineShowVerb implements Verb {
  @Override
  public String name() {
    return "quarantine show";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
  }

  @Override
  public Answer answer(Call call) throws SQLException {
    String id = call.operand(0);
    try (Books books = Books.open(call)) {
      Map<String, Object> item =
          Books.statement("quarantine", "one")
              .one(
                  books.connection(),
                  Map.of("until", books.lastClosedOrNever(), "id", id),
                  row -> {
                    Map<String, Object> fields = QuarantineListVerb.item(row);
                    fields.put("record_masked", row.getString("record_masked"));
                    return fields;
                  })
              .orElseThrow(
                  () ->
                      call.refused(
                          "NO_SUCH_ITEM",
                          List.of(call.command("quarantine", "list")),
                          "quarantine.unknown",
                          id));
      return Answer.of(
          item,
          page ->
              item.forEach(
                  (name, value) ->
                      page.line(
                          page.words().label(name)
                              + ": "
                              + (value == null ? "" : CharWidth.printable(value.toString())))));
    }
  }
}
