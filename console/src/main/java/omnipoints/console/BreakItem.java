package omnipoints.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;

/** One break as lists and {@code breaks show} name it. */
final class BreakItem {
  private BreakItem() {}

  static Map<String, Object> of(ResultSet row) throws SQLException {
    Map<String, Object> item =
        Fields.of(
            "id", row.getString("id"),
            "type", row.getString("type"),
            "channel", row.getString("channel"),
            "shop", row.getString("shop"),
            "key", row.getString("key"),
            "first_night", row.getObject("first_night", LocalDate.class),
            "age_nights", row.getInt("age_nights"),
            "state", row.getString("state"),
            "closed_night", row.getObject("closed_night", LocalDate.class),
            "detail", row.getString("detail"));
    if (row.getObject("orders") != null) {
      item.put("orders", row.getLong("orders"));
      item.put("points", row.getLong("points"));
    }
    return item;
  }

  /** Two or more lines: what it is and since when, then what disagrees. */
  static void print(Page page, Map<String, Object> item) {
    page.wrapped(
        page.words()
            .say(
                "breaks.item",
                item.get("id"),
                item.get("type"),
                item.get("channel"),
                item.get("shop"),
                item.get("first_night"),
                item.get("age_nights"),
                page.words().sayOr("break.state." + item.get("state"), "")),
        4);
    boolean ofClass = item.containsKey("orders");
    page.wrapped("  " + (ofClass ? "" : item.get("key") + ": ") + item.get("detail"), 2);
  }
}
