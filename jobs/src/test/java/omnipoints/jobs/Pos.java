package omnipoints.jobs;

/** Department-store till files. */
final class Pos {

  private Pos() {}

  static String file(String... rows) {
    return "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n" + String.join("\n", rows) + "\n";
  }

  /** One row; amount in whole yuan, negative for a return; the till gave one point per yuan. */
  static String row(String card, String time, String sku, int yuan, String till, String receipt) {
    return row(card, time, sku, yuan, yuan, till, receipt);
  }

  static String row(
      String card, String time, String sku, int yuan, int points, String till, String receipt) {
    int qty = yuan < 0 ? -1 : 1;
    return card
        + ","
        + time
        + ","
        + sku
        + ","
        + qty
        + ","
        + Math.abs(yuan)
        + ".00,"
        + yuan
        + ".00,商品,"
        + points
        + ","
        + till
        + ","
        + receipt
        + ",g1,柜组";
  }
}
