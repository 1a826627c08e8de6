package omnipoints.jobs;

import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.points.Lottery;
import omnipoints.points.rules.Draw;
import omnipoints.points.rules.Item;
import omnipoints.sql.Rows;
import omnipoints.sql.Script;

/**
 * Lotteries, in the close of a night, which says of each what nobody may change later: in its first
 * night the hash of its secret, in that of its last day the hash of its entries, and once a public
 * value was read after that, who wins.
 */
final class Draws {

  private static final Script SQL = Night.script("draw");

  /** A draw as closed nights left it; terms are those of the version in which it opened. */
  private record Known(
      String draw,
      LocalDate opened,
      LocalDate closes,
      Long wins,
      String commitment,
      LocalDate listed,
      LocalDate drawn) {}

  private Draws() {}

  /** Draws of the night's version of which no close says anything yet. */
  static List<Draw> opening(Night night, Connection connection) {
    if (night.rules().redeem().draws().isEmpty()) return List.of();
    Set<String> known = new HashSet<>();
    for (Known draw : known(connection)) known.add(draw.draw());
    List<Draw> opening = new ArrayList<>();
    for (Draw draw : night.rules().redeem().draws())
      if (!known.contains(draw.draw()) && !draw.closes().isBefore(night.date())) opening.add(draw);
    return opening;
  }

  static void close(Night night, Connection connection) {
    for (Draw draw : opening(night, connection)) open(night, connection, draw);
    for (Known draw : known(connection)) {
      if (draw.listed() == null) {
        if (!night.date().isBefore(draw.closes())) list(night, connection, draw);
      } else if (draw.drawn() == null) {
        String value =
            SQL.statement("public")
                .one(
                    connection,
                    Map.of("draw", draw.draw(), "night", night.date()),
                    row -> row.getString(1))
                .orElse(null);
        if (value != null) draw(night, connection, draw, value);
      }
    }
  }

  private static List<Known> known(Connection connection) {
    return SQL.statement("known")
        .list(
            connection,
            Map.of(),
            row ->
                new Known(
                    row.getString("draw"),
                    Columns.date(row, "opened"),
                    Columns.date(row, "closes"),
                    Columns.number(row, "wins"),
                    row.getString("commitment"),
                    Columns.date(row, "listed"),
                    Columns.date(row, "drawn")));
  }

  private static void open(Night night, Connection connection, Draw draw) {
    String commitment = Lottery.commitment(night.tokens().seed(draw.draw()));
    Map<String, Object> params = new HashMap<>();
    params.put("draw", draw.draw());
    params.put("night", night.date());
    params.put("closes", draw.closes());
    params.put("wins", draw.wins());
    params.put("commitment", commitment);
    SQL.statement("open").run(connection, params);
    SQL.statement("reserve")
        .run(
            connection,
            Map.of(
                "draw",
                draw.draw(),
                "items",
                draw.prizes().stream().map(Draw.Prize::item).toList(),
                "qtys",
                draw.prizes().stream().map(Draw.Prize::n).toList()));
    say(night, connection, draw.draw(), "COMMITMENT", commitment);
  }

  private static void list(Night night, Connection connection, Known draw) {
    SQL.statement("enter")
        .run(
            connection,
            Map.of("draw", draw.draw(), "closes", draw.closes(), "zone", night.zone().getId()));
    SQL.statement("listed").run(connection, Map.of("draw", draw.draw(), "night", night.date()));
    say(night, connection, draw.draw(), "LIST", Lottery.listHash(entries(connection, draw)));
  }

  private static List<Lottery.Entry> entries(Connection connection, Known draw) {
    return SQL.statement("entries")
        .list(
            connection,
            Map.of("draw", draw.draw()),
            row -> new Lottery.Entry(row.getString(1), row.getString(2)));
  }

  private static void draw(Night night, Connection connection, Known draw, String value) {
    byte[] seed = night.tokens().seed(draw.draw());
    if (!Lottery.commitment(seed).equals(draw.commitment()))
      throw new NightRefused(
          2,
          "OTHER_SECRET",
          "the secret of draw "
              + draw.draw()
              + " is not the one that the close of "
              + draw.opened()
              + " commits to",
          List.of("restore secrets/token.key of this home from its backup"));
    List<Draw.Prize> prizes =
        SQL.statement("prizes")
            .list(
                connection,
                Map.of("draw", draw.draw()),
                row -> new Draw.Prize(row.getString(1), row.getLong(2)));
    List<Lottery.Win> wins =
        Lottery.draw(seed, value, draw.draw(), entries(connection, draw), prizes, draw.wins());
    SQL.statement("win")
        .run(
            connection,
            Map.of(
                "draw",
                draw.draw(),
                "places",
                wins.stream().map(Lottery.Win::place).toList(),
                "requests",
                wins.stream().map(Lottery.Win::requestNo).toList(),
                "members",
                wins.stream().map(Lottery.Win::member).toList(),
                "won",
                wins.stream().map(Lottery.Win::item).toList(),
                "scores",
                wins.stream().map(Lottery.Win::score).toList()));
    SQL.statement("count").run(connection, Map.of("draw", draw.draw()));
    SQL.statement("drawn")
        .run(connection, Map.of("draw", draw.draw(), "night", night.date(), "value", value));
    say(night, connection, draw.draw(), "PUBLIC", value);
    say(night, connection, draw.draw(), "RESULT", Lottery.resultHash(wins));
    hand(night, connection, draw, wins);
  }

  /** Who won a coupon or a pass has it from the next midnight on. */
  private static void hand(Night night, Connection connection, Known draw, List<Lottery.Win> wins) {
    List<VoucherRow> vouchers = new ArrayList<>();
    List<PassRow> passes = new ArrayList<>();
    LocalDate day = night.date().plusDays(1);
    Instant from = night.cut();
    for (Lottery.Win win : wins) {
      Item item = night.programme().ofNight(draw.opened()).redeem().item(win.item());
      if (item == null) continue;
      if (item.coupon() != null)
        vouchers.add(VoucherRow.of(night, win.requestNo(), 1, win.member(), item, day));
      if (item.pass() != null)
        passes.add(PassRow.of(night, win.requestNo(), win.member(), item, 1, from));
    }
    Rows.of(VoucherRow.class).append(connection, "voucher", vouchers);
    Rows.of(PassRow.class).append(connection, "pass_given", passes);
  }

  private static void say(
      Night night, Connection connection, String draw, String what, String value) {
    SQL.statement("say")
        .run(connection, Map.of("night", night.date(), "draw", draw, "what", what, "value", value));
  }
}
