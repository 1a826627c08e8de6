package omnipoints.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * What members of the {@link World} redeem in a night: half of it goods, a quarter coupons, a
 * quarter an item of which there is too little; two of a hundred are cancelled the night after.
 */
final class Redeemed {

  /** What the programme of such a world sells. */
  static final String CATALOGUE =
      """
      redeem: {restore: {grace_days: 30}}
      catalogue:
      - {item: bag, kind: goods, points: 20}
      - {item: ten, kind: coupon, points: 10, off: {fen: 1000}, valid: 30d}
      - {item: mug, kind: goods, points: 15, stock: 1000, limit: {per: member, count: 1}}
      """;

  private static final String REQUESTS =
      "request_no,mode,source,shop,member_kind,member_value,item,qty,points,cash_fen,order_channel,order_no,at,as_of_night,address_ref";
  private static final String EVENTS = "request_no,event,at,shop,ref,eta";
  private static final int CANCELLED_PER_MILLE = 20;

  private final Sizes sizes;

  Redeemed(Sizes sizes) {
    this.sizes = sizes;
  }

  /** Writes the documents of a night, below a folder; nothing before night 1. */
  void write(int night, Path folder) {
    if (sizes.redemptions() == 0 || night < 1) return;
    LocalDate date = sizes.date(night);
    try (var requests = new CsvFile(requests(night, folder), REQUESTS);
        var events = new CsvFile(events(night, folder), EVENTS)) {
      LocalDateTime opens = date.atTime(9, 0);
      for (long i = 0; i < sizes.redemptions(); i++) {
        long draw = draw(night, i);
        long person = Long.remainderUnsigned(Draw.mix(draw), sizes.members());
        requests.cell(number(night, i)).cell("requested").cell("mall").cell("");
        requests.cell("tmall_nick").cell(World.nick(person)).cell(item(draw));
        for (int empty = 0; empty < 5; empty++) requests.cell("");
        requests.at(opens.plusSeconds(i * 43_200 / sizes.redemptions())).cell("").cell("");
        requests.end(false);
        if (night == 1 || !Draw.happens(draw(night - 1, i), 2, CANCELLED_PER_MILLE)) continue;
        events.cell(number(night - 1, i)).cell("cancelled").at(opens).cell("").cell("").cell("");
        events.end(false);
      }
    }
  }

  static Path requests(int night, Path folder) {
    return folder.resolve("program/redemptions_" + night + ".csv");
  }

  static Path events(int night, Path folder) {
    return folder.resolve("program/redemption_events_" + night + ".csv");
  }

  private long draw(int night, long i) {
    return Draw.at(sizes.seed() ^ 0x5EDEE3EDL, night, i);
  }

  private String number(int night, long i) {
    return "R" + sizes.date(night).toString().replace("-", "") + "-" + i;
  }

  private static String item(long draw) {
    return switch (Draw.below(draw, 1, 4)) {
      case 0 -> "ten";
      case 1 -> "mug";
      default -> "bag";
    };
  }
}
