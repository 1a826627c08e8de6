package omnipoints.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nights of a brand as a text tells them: what lies in the inbox, and what comes of it.
 *
 * @param balances card, available, pending and owed after the last night
 */
record BrandNights(List<BrandNights.Night> nights, List<String> balances) {
  private static final List<String> EXPECTED = List.of("LEDGER", "LESS", "RESULT", "TIERS");

  /** A file of the inbox. */
  record File(String path, String content) {}

  /**
   * One night.
   *
   * @param expectations by what is looked at
   */
  record Night(String date, List<File> files, Map<String, List<String>> expectations) {

    List<String> expected(String what) {
      return expectations.getOrDefault(what, List.of());
    }

    /** Orders of tills of whoever has no other one that night: nothing else moves their limits. */
    List<Sale> sales() {
      Map<String, Sale> orders = new LinkedHashMap<>();
      for (File file : files) {
        if (!file.path().startsWith("pos/")) continue;
        String shop = file.path().split("/")[1];
        file.content().lines().skip(1).forEach(row -> Sale.add(orders, shop, row.split(",", -1)));
      }
      return orders.values().stream()
          .filter(sale -> sale.lines().stream().noneMatch(line -> line.fen() < 0))
          .filter(
              sale ->
                  orders.values().stream().filter(one -> one.card().equals(sale.card())).count()
                      == 1)
          .toList();
    }

    /** What the order gives its buyer that night; who brought him is given for himself. */
    long given(Sale sale) {
      return expected("LEDGER").stream()
          .map(entry -> entry.split(" "))
          .filter(entry -> entry[0].equals("EARN") && entry[1].equals(sale.card()))
          .filter(entry -> entry[3].startsWith(sale.order() + "/"))
          .mapToLong(entry -> Long.parseLong(entry[2]))
          .sum();
    }
  }

  /** A receipt. */
  record Sale(String order, String card, String shop, String at, List<Line> lines) {

    /** One row of it. */
    record Line(String sku, long fen) {}

    private static void add(Map<String, Sale> orders, String shop, String[] cells) {
      String order = cells[1].substring(0, 10).replace("-", "") + "-" + cells[8] + "-" + cells[9];
      orders
          .computeIfAbsent(
              shop + " " + order,
              key -> new Sale(order, cells[0], shop, cells[1].replace(' ', 'T'), new ArrayList<>()))
          .lines()
          .add(new Line(cells[2], new BigDecimal(cells[5]).movePointRight(2).longValueExact()));
    }

    /** As {@code quote} is asked. */
    String asked(String member) {
      var items = new ArrayList<String>();
      for (Line line : lines)
        items.add(
            "{\"line\":\"%d\",\"sku\":\"%s\",\"base_fen\":%d}"
                .formatted(items.size() + 1, line.sku(), line.fen()));
      return "{\"member\":\"%s\",\"channel\":\"pos\",\"shop\":\"%s\",\"paid_at\":\"%s+08:00\",\"lines\":[%s]}"
          .formatted(member, shop, at, String.join(",", items));
    }
  }

  /** Reads them. */
  static BrandNights of(String text) {
    var nights = new ArrayList<Night>();
    var balances = new ArrayList<String>();
    List<String> into = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("NIGHT"))
        nights.add(new Night(words[1], new ArrayList<>(), new LinkedHashMap<>()));
      else if (words[0].equals("FILE")) into = file(words[1], nights);
      else if (EXPECTED.contains(line))
        into =
            nights
                .get(nights.size() - 1)
                .expectations()
                .computeIfAbsent(line, of -> new ArrayList<>());
      else if (line.equals("BALANCE")) into = balances;
      else if (!line.isBlank()) into.add(line.replaceFirst(" +#.*", ""));
    }
    return new BrandNights(nights.stream().map(BrandNights::whole).toList(), balances);
  }

  private static List<String> file(String path, List<Night> nights) {
    List<String> rows = new ArrayList<>();
    Night night = nights.get(nights.size() - 1);
    night.expectations().put("FILE " + path, rows);
    return rows;
  }

  /** A night whose files are files. */
  private static Night whole(Night night) {
    var files = new ArrayList<File>();
    night
        .expectations()
        .forEach(
            (what, rows) -> {
              if (what.startsWith("FILE "))
                files.add(new File(what.substring(5), String.join("\n", rows) + "\n"));
            });
    return new Night(night.date(), files, night.expectations());
  }
}
