package omnipoints.schedules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import omnipoints.jobs.Batch;
import omnipoints.jobs.Home;
import omnipoints.sql.TestDatabase;

/** A home on a database of its own, with one order to deliver. */
final class ServingHome implements AutoCloseable {

  static final String NEVER_SOON =
      "nightly: {job: nightly, cron: 0 0 0 1 1 ? 2099, date: previous_day}\n";
  static final String EVERY_SECOND =
      "nightly: {job: nightly, cron: '* * * * * ?', date: previous_day}\n";

  private static final Charset GBK = Charset.forName("GB18030");
  private static final String ORDERS =
      "订单编号,买家会员名,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间 ,宝贝总数量,店铺名称,退款金额,确认收货时间\n"
          + "9001,nick1,0.00,199.99,199.99,交易成功,2026-01-01 10:00:00,2026-01-01 10:00:00,1,旗舰店,0.00,2026-01-02 09:00:00\n";
  private static final String LINES =
      "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,订单状态,商家编码,买家应付货款,买家实际支付金额,退款状态,退款金额\n"
          + "9001-1,9001,商品,199.99,1,A,交易成功,A,199.99,199.99,没有申请退款,0\n";

  final Path dir;
  final TestDatabase database;

  ServingHome(Path dir, String calendar) {
    this.dir = dir;
    this.database = TestDatabase.fresh(Batch.SCHEMA, QuartzTables.SCHEMA);
    for (String folder :
        List.of("secrets", "programs", "mappings", "inbox/tmall", "inbox/pos", "inbox/program")) {
      create(dir.resolve(folder));
    }
    write("secrets/token.key", "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    write("schedules.yaml", calendar);
    write(
        "omnipoints.yaml",
        "zone: Asia/Shanghai\nprogramme: base\nchannels:\n  tmall: {}\n  pos: {}\n  program: {}\n"
            + "collect: {polls: 2, poll_seconds: 1}\n");
  }

  Home home() {
    return Home.open(dir);
  }

  void write(String file, String content) {
    try {
      Files.writeString(dir.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the order and its line into the inbox, complete. */
  void dropOrder() {
    drop("orders.csv", ORDERS);
    drop("lines.csv", LINES);
  }

  private void drop(String name, String content) {
    try {
      Path file = create(dir.resolve("inbox/tmall/s1")).resolve(name);
      Files.write(file, content.getBytes(GBK));
      Files.createFile(file.resolveSibling(name + ".done"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** First column of every row as text. */
  List<String> rows(String sql) {
    try (var connection = database.database().connection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (result.next()) rows.add(result.getString(1));
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    try (var connection = database.database().connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
