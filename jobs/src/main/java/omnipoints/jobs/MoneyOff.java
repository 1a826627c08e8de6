package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.OrderFacts;
import omnipoints.facts.Purchase;
import omnipoints.facts.WholeMoney;
import omnipoints.points.Program;
import omnipoints.sql.Script;
import omnipoints.sql.Statement;

/**
 * Money that points took off orders, for versions of the programme under which orders earn on it,
 * too. Memory: such orders of the night.
 */
final class MoneyOff {

  private static final Script SQL = Night.script("redeem");

  private final Night night;
  private final Map<UUID, Long> fen = new HashMap<>();

  private MoneyOff(Night night) {
    this.night = night;
  }

  /** Where none is asked for. */
  static MoneyOff none(Night night) {
    return new MoneyOff(night);
  }

  /** Of the night that decides. */
  static MoneyOff ofNight(Night night, Connection connection) {
    return read(night, connection, SQL.statement("money_off"));
  }

  /** As closed nights left it. */
  static MoneyOff ofClosed(Night night, Connection connection) {
    return read(night, connection, SQL.statement("money_off_closed"));
  }

  private static MoneyOff read(Night night, Connection connection, Statement statement) {
    var off = new MoneyOff(night);
    if (night.programme().earnsOnWhole())
      statement.forEachRow(
          connection,
          Map.of("night", night.date()),
          row -> off.fen.put(row.getObject("order_key", UUID.class), row.getLong("fen")));
    return off;
  }

  /** What the order earns on. */
  Purchase whole(UUID order, Purchase documented, List<OrderFacts.Line> lines) {
    Long off = fen.get(order);
    if (off == null || documented.paidAt() == null) return documented;
    Program version = night.programme().at(LocalDate.ofInstant(documented.paidAt(), night.zone()));
    if (version == null || !version.redeem().earnsOnWhole()) return documented;
    return WholeMoney.of(documented, off, lines, night.cut().minusSeconds(1));
  }
}
