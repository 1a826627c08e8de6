package omnipoints.jobs;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is told of a {@link Year}, as the files that tell it. */
final class YearFiles {
  private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Tokens tokens;
  private final Map<String, Export> files = new TreeMap<>();

  private YearFiles(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The settings of a home that such a year is told to. */
  static final String SETTINGS =
      "  wechat_store: {}\n  loyal: {points: {opening: {combine: theirs}}}\n"
          + "staff: {hq: [ann, bob]}\n"
          + "documents: {mall: [redemption, redemption_event, voucher_use]}\n";

  /** A platform that says what holders of cards hold there. */
  private static final String WALLETS =
      """
      channel: loyal
      title: Loyal
      encodings: [utf-8]
      shop: {from: [folder]}
      documents:
        wallets:
          grain: balance
          fields:
            card: {column: card, type: id, required: value}
            points: {column: points, type: points, required: value}
      """;

  /** A home under the rules of a year. */
  static TestHome home(java.nio.file.Path dir, Year year) {
    TestHome home = new TestHome(dir, SETTINGS);
    home.write("mappings/loyal.yaml", WALLETS);
    for (int version : new int[] {1, 2})
      home.write("programs/base/" + version + ".yaml", year.version(version));
    return home;
  }

  /**
   * @param tokens know the codes that the mall was told
   */
  static List<Export> of(List<Told> night, Tokens tokens) {
    var files = new YearFiles(tokens);
    files.parcels(night);
    for (Told one : night) files.add(one);
    return List.copyOf(files.files.values());
  }

  private static String at(LocalDateTime at) {
    return AT.format(at);
  }

  private void row(String folder, String name, String header, Charset charset, String... rows) {
    files
        .computeIfAbsent(
            folder + "/" + name,
            path -> new Export(folder, name, header.strip(), new ArrayList<>(), charset))
        .orders()
        .add(List.of(rows));
  }

  private void own(String folder, String name, String header, Object... cells) {
    var row = new StringBuilder();
    for (Object cell : cells)
      row.append(row.isEmpty() ? "" : ",").append(cell instanceof LocalDateTime t ? at(t) : cell);
    row(folder, name, header, StandardCharsets.UTF_8, row.toString());
  }

  /** A parcel shows what it was, and all that came back of it by then. */
  private void parcels(List<Told> night) {
    Map<Told.Sale, Integer> back = new LinkedHashMap<>();
    for (Told one : night)
      if (one instanceof Told.Sale s && !s.channel().equals("pos")) back.put(s, 0);
    for (Told one : night)
      if (one instanceof Told.Back b && !b.sale().channel().equals("pos"))
        back.put(b.sale(), b.inAll());
    back.forEach(
        (sale, yuan) -> {
          Told.Thing thing = sale.things().get(0);
          if (sale.channel().equals("wechat_store")) {
            row(
                "wechat_store/w1",
                "orders.csv",
                Platforms.WECHAT,
                StandardCharsets.UTF_8,
                "%s,%s,%s,已完成,¥%d.00,¥0.00,%s,1,%s,¥%d.00,¥%d.00,1,¥%d.00"
                    .formatted(
                        sale.no(),
                        at(sale.at()),
                        at(sale.at()),
                        thing.yuan(),
                        at(sale.at()),
                        thing.sku(),
                        thing.yuan(),
                        thing.yuan(),
                        yuan));
            return;
          }
          String nick = "nick" + sale.card();
          row(
              "tmall/flag",
              "orders.csv",
              Tmall.ORDERS,
              Tmall.GBK,
              Tmall.completed(
                  sale.no(),
                  nick,
                  thing.yuan() + ".00",
                  yuan + ".00",
                  1,
                  at(sale.at()),
                  at(sale.at())));
          row(
              "tmall/flag",
              "lines.csv",
              Tmall.LINES,
              Tmall.GBK,
              Tmall.line(
                  thing.line(),
                  sale.no(),
                  thing.sku(),
                  thing.yuan() + ".00",
                  1,
                  thing.yuan() + ".00",
                  yuan == 0 ? "0" : yuan + ".00"));
        });
  }

  private void add(Told one) {
    if (one instanceof Told.Sale s) {
      if (!s.channel().equals("pos")) return;
      var rows = new ArrayList<String>();
      String receipt = s.no().substring(s.no().lastIndexOf('-') + 1);
      for (Told.Thing thing : s.things())
        rows.add(Pos.row(s.card(), at(s.at()), thing.sku(), thing.yuan(), "1", receipt));
      row(
          "pos/" + s.shop(),
          "sales.csv",
          Pos.file(),
          StandardCharsets.UTF_8,
          rows.toArray(String[]::new));
    }
    if (one instanceof Told.Back b) {
      if (!b.sale().channel().equals("pos")) return;
      row(
          "pos/" + b.sale().shop(),
          "sales.csv",
          Pos.file(),
          StandardCharsets.UTF_8,
          Pos.row(b.sale().card(), at(b.at()), b.thing().sku(), -b.yuan(), "9", b.receipt()));
    }
    if (one instanceof Told.Loose l)
      row(
          "pos/" + l.shop(),
          "sales.csv",
          Pos.file(),
          StandardCharsets.UTF_8,
          Pos.row(l.card(), at(l.at()), l.sku(), -l.yuan(), "9", l.receipt()));
    if (one instanceof Told.Swap s)
      own(
          "program",
          "exchanges.csv",
          "channel,order_no,old_order_no",
          "tmall",
          s.fresh().no(),
          s.old().no());
    if (one instanceof Told.Bound b) {
      own(
          "program",
          "bindings.csv",
          "channel,order_no,platform_id,phone,card,unionid,bound_at",
          "wechat_store",
          b.sale().no(),
          "",
          "",
          b.sale().card(),
          "",
          b.at());
    }
    if (one instanceof Told.Act a) {
      own(
          "program",
          "activity.csv",
          "event_id,type,platform,member_kind,member_value,at,channel,order_no,friend_kind,friend_value,makeup",
          a.no(),
          a.type(),
          a.platform(),
          "card",
          a.card(),
          a.at(),
          a.order() == null ? "" : "pos",
          a.order() == null ? "" : a.order().no(),
          a.friend() == null ? "" : "card",
          a.friend() == null ? "" : a.friend(),
          a.makeup() ? "yes" : "");
    }
    if (one instanceof Told.Person p) {
      own(
          "program",
          "members.csv",
          "card,phone,birthday,join_date,home_shop",
          p.card(),
          p.phone(),
          "",
          "",
          "s1");
    }
    if (one instanceof Told.Nick n) {
      own(
          "program",
          "bindings.csv",
          "channel,order_no,platform_id,phone,card,unionid,bound_at",
          "tmall",
          "",
          "nick" + n.card(),
          "",
          n.card(),
          "",
          n.at());
    }
    if (one instanceof Told.Tag t) {
      own(
          "program",
          "standing.csv",
          "member_kind,member_value,what,name,from,to",
          "card",
          t.card(),
          "tag",
          t.name(),
          "",
          "");
    }
    if (one instanceof Told.Friends f) {
      own(
          "program",
          "relations.csv",
          "member_kind,member_value,friend_kind,friend_value,from,to",
          "card",
          f.card(),
          "card",
          f.friend(),
          "",
          "");
    }
    if (one instanceof Told.Ask a) {
      own(
          "mall",
          "asked.csv",
          RedeemingNightsTest.REDEMPTION,
          a.no(),
          a.executed() ? "executed" : "requested",
          a.executed() ? "till" : "mall",
          a.executed() ? "s1" : "",
          "card",
          a.card(),
          a.item(),
          a.qty(),
          a.points() == 0 ? "" : a.points(),
          a.order() == null ? "" : a.points() * 10,
          a.order() == null ? "" : "pos",
          a.order() == null ? "" : a.order().no(),
          a.at(),
          "",
          "");
    }
    if (one instanceof Told.Cancel c) {
      own(
          "mall",
          "events.csv",
          RedeemingNightsTest.EVENT,
          c.ask().no(),
          "cancelled",
          c.at(),
          "",
          "",
          "");
    }
    if (one instanceof Told.Use u) {
      own(
          "mall",
          "uses.csv",
          "code,shop,order_channel,order_no,event,at,off_fen",
          tokens.voucher(u.ask().no(), u.k()),
          u.shop(),
          "pos",
          u.order(),
          "use",
          u.at(),
          1000);
    }
    if (one instanceof Told.TopUp t) {
      own(
          "program",
          "topups.csv",
          "topup_no,refund_no,shop,member_kind,member_value,principal_fen,event,at",
          t.paidIn() == null ? t.no() : t.paidIn().no(),
          t.paidIn() == null ? "" : t.no(),
          "s1",
          "card",
          t.card(),
          t.yuan() * 100,
          t.paidIn() == null ? "topup" : "refund",
          t.at());
    }
    if (one instanceof Told.Gift g) {
      own(
          "program",
          "gifts.csv",
          "transfer_no,from_kind,from_value,to_kind,to_value,points,at",
          g.no(),
          "card",
          g.from(),
          "card",
          g.to(),
          g.points(),
          g.at());
    }
    if (one instanceof Told.Correction c) {
      own(
          "program",
          "corrections.csv",
          "adjustment_no,member_kind,member_value,points,reason,requested_by,approved_by,source_shop,expires,at",
          c.no(),
          "card",
          c.card(),
          c.points(),
          "x",
          "ann",
          c.signed() ? "bob" : "ann",
          "",
          "",
          c.at());
    }
    if (one instanceof Told.State s) {
      own(
          "program",
          "states.csv",
          "member_kind,member_value,state,reason,requested_by,approved_by,at",
          "card",
          s.card(),
          s.state(),
          "x",
          "ann",
          "bob",
          s.at());
    }
    if (one instanceof Told.PassUse u) {
      own(
          "program",
          "passes.csv",
          "use_no,member_kind,member_value,pass,order_channel,order_no,at,event",
          u.no(),
          "card",
          u.card(),
          "vip",
          "pos",
          "",
          u.at(),
          u.undo() ? "undo" : "use");
    }
    if (one instanceof Told.Holds h) {
      own("loyal/l1", "wallets.csv", "card,points", h.card(), h.points());
    }
    if (one instanceof Told.Value v) {
      own("program", "value.csv", "draw,value", v.draw(), v.value());
    }
  }
}
