package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.mappings.Channel;
import omnipoints.mappings.Document;
import omnipoints.sql.Script;

/**
 * What a night's statements of money say, kept. It speaks of orders and changes none. Several
 * layouts may tell the money of one account: the place of a layout is that of its document in the
 * mapping.
 */
final class StatementRows {
  private static final Script SQL = Night.script("settlement");

  private StatementRows() {}

  static void keep(Night night, Connection connection) {
    for (String statement : List.of("again", "create_layouts"))
      night.run(connection, SQL, statement);
    for (String code : night.home().config().channels().keySet())
      layouts(connection, night.channels().channel(night.home().mapping(code)), code);
    for (String statement : List.of("keep", "retold_of_orders", "retold_of_none", "rows"))
      night.run(connection, SQL, statement);
  }

  private static void layouts(Connection connection, Channel mapping, String channel) {
    int place = 0;
    for (Document document : mapping.documents()) {
      place++;
      if (document.account().isEmpty()) continue;
      Map<String, Object> layout = new HashMap<>();
      layout.put("channel", channel);
      layout.put("document", document.name());
      layout.put("account", document.account());
      layout.put("place", place);
      layout.put("counts", document.counts());
      SQL.statement("layout").run(connection, layout);
    }
  }
}
