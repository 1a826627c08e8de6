package omnipoints.points.rules;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A lottery whose entries points buy.
 *
 * @param points price of an entry
 * @param prizes the first one first
 * @param closes last day on which entries are taken
 * @param wins how often one member may win, null for any number
 * @param line of the file
 */
public record Draw(
    String draw, long points, List<Prize> prizes, LocalDate closes, Long wins, int line) {

  /** Under this name, the draw's behind it, a redemption asks for an entry. */
  public static final String ITEM = "draw:";

  /** So many of an item. */
  public record Prize(String item, long n) {}

  static Draw read(Node node) {
    LocalDate closes = null;
    try {
      closes = LocalDate.parse(node.at("closes").text());
    } catch (DateTimeException e) {
      node.at("closes").problem(node.at("closes").text() + " is no date of the calendar");
    }
    var prizes = new ArrayList<Prize>();
    for (Node prize : node.at("prizes").entries())
      prizes.add(new Prize(prize.at("item").text(), prize.at("n").whole(1)));
    return new Draw(
        node.at("draw").text(),
        node.at("points").whole(1),
        List.copyOf(prizes),
        closes,
        node.has("wins") ? (Long) node.at("wins").whole(1) : null,
        node.line());
  }

  /** Under what name redemptions ask for an entry. */
  public String itemName() {
    return ITEM + draw;
  }

  /** An entry as something that points buy. */
  Item entry() {
    return new Item(
        itemName(),
        Item.Kind.VIRTUAL,
        points,
        0,
        null,
        null,
        null,
        List.of(),
        new Window(List.of(new DateRange(null, null, closes, null))),
        false,
        false,
        null,
        null,
        line);
  }

  Said said() {
    String prizesZh =
        prizes.stream().map(p -> p.item() + "×" + p.n()).collect(Collectors.joining("、"));
    String prizesEn =
        prizes.stream().map(p -> p.n() + " " + p.item()).collect(Collectors.joining(", "));
    Said told =
        new Said(
            points + "积分参加抽奖 " + draw + "，奖品" + prizesZh + "，" + closes + "（含当日）截止",
            points
                + (points == 1 ? " point enters" : " points enter")
                + " the draw "
                + draw
                + " of "
                + prizesEn
                + ", until "
                + closes
                + " inclusive");
    if (wins == null) return told;
    return told.then(
        new Said(
            "，每人最多中奖" + wins + "次",
            ", at most " + wins + (wins == 1 ? " prize" : " prizes") + " a member"));
  }
}
