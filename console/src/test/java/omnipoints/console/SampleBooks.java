package omnipoints.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import omnipoints.facts.Token;
import omnipoints.jobs.Home;
import omnipoints.jobs.Tokens;
import omnipoints.mappings.PersonTokens;
import omnipoints.sql.Database;
import omnipoints.sql.TestDatabase;

/**
 * A home with two closed nights and one that failed, written row by row. M1 (card, phone) buys a
 * line of 199.99 on the 1st, released at once; half of it is returned on the 2nd. M2 (a Tmall nick)
 * buys a line of 50.00 on the 1st and is merged into M1 on the 2nd: a binding names its order, M1's
 * card and M1's phone.
 */
final class SampleBooks implements AutoCloseable {
  static final String ORDER_1 = "00000000-0000-0000-0000-000000000001";
  static final String ORDER_2 = "00000000-0000-0000-0000-000000000002";
  static final String ORDER_3 = "00000000-0000-0000-0000-000000000003";

  final Path directory;
  private final TestDatabase database;

  SampleBooks(Path directory) throws Exception {
    this.directory = directory;
    this.database = TestDatabase.fresh(Databases.SCHEMAS);
    Ran.in(directory, "init");
    Path settings = directory.resolve("home/omnipoints.yaml");
    Files.writeString(
        settings, Files.readString(settings) + "database:\n  url: " + database.url() + "\n");
    database
        .database()
        .transact(
            connection -> {
              Database.execute(connection, "sample", ROWS);
              Tokens tokens = Tokens.of(Home.open(directory.resolve("home")));
              token(connection, tokens, new Token("card", "", "C1"), "M1");
              token(connection, tokens, new Token("phone", "", "+8613800000001"), "M1");
              token(connection, tokens, new Token("tmall_nick", "tmall", "小明:明"), "M2");
            });
  }

  private static void token(Connection connection, Tokens tokens, Token token, String member)
      throws SQLException {
    String insert =
        "insert into token (kind, channel, hash, member_id, valid_from, valid_to, shown, night)"
            + " values (?, ?, ?, ?, '-infinity', 'infinity', ?, date '2026-01-01')";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, token.kind());
      statement.setString(2, token.channel());
      statement.setBytes(3, tokens.hash(token));
      statement.setString(4, member);
      statement.setString(5, PersonTokens.shown(token));
      statement.execute();
    }
  }

  /** Changes the books behind everybody's back. */
  void execute(String sql) {
    database.database().transact(connection -> Database.execute(connection, "sample", sql));
  }

  /** The database of the home. */
  Database database() {
    return database.database();
  }

  Ran run(String... args) {
    return Ran.in(directory, args);
  }

  @Override
  public void close() {
    database.close();
  }

  private static final String ROWS =
      """
      insert into night (night, run, state, code_hash, mappings_hash, program_hash, program, program_version, message,
        began_at) values
        ('2026-01-01', 'nightly-2026-01-01', 'CLOSED', 'c', 'm', 'p', 'base', 1, '', '2026-01-01T17:00:00Z'),
        ('2026-01-02', 'nightly-2026-01-02', 'CLOSED', 'c', 'm', 'p', 'base', 1, '', '2026-01-02T17:00:00Z'),
        ('2026-01-03', 'nightly-2026-01-03', 'FAILED', 'c', 'm', 'p', 'base', 1, 'the disk is full',
          '2026-01-03T17:00:00Z');
      insert into close (night, previous, entries, entry_root, close_hash, evidence_hash, program_version,
        closed_at) values
        ('2026-01-01', null, 3, 'root1', 'close1', 'evidence1', 1, '2026-01-01T18:00:00Z'),
        ('2026-01-02', '2026-01-01', 3, 'root2', 'close2', 'evidence2', 1, '2026-01-02T18:00:00Z');
      insert into night_step (night, step, state, read, written, rejected, began_at, seconds) values
        ('2026-01-02', 'read', 'DONE', 3, 2, 1, '2026-01-02T17:00:01Z', 0.25),
        ('2026-01-02', 'collect', 'DONE', 1, 1, 0, '2026-01-02T17:00:01Z', 1.5),
        ('2026-01-03', 'collect', 'DONE', 0, 0, 0, '2026-01-03T17:00:01Z', 0.1),
        ('2026-01-03', 'read', 'FAILED', 0, 0, 0, '2026-01-03T17:00:02Z', 0.1);
      insert into night_input (night, n, channel, shop, document, file, sha256, bytes, outcome, rows_in, merged,
        rejected) values
        ('2026-01-02', 1, 'pos', '一号店', 'receipts', '销售.csv', 'aa', 100, 'ACCEPTED', 3, 2, 1);
      insert into delivery (channel, shop, document, sha256, file, bytes, first_night, rows_in) values
        ('pos', '一号店', 'receipts', 'f1', '0101.csv', 100, '2026-01-01', 1),
        ('tmall', '旗舰店', 'line_list', 'f2', 'lines.csv', 100, '2026-01-01', 1),
        ('tmall', '旗舰店', 'order_list', 'f3', 'orders.csv', 100, '2026-01-01', 1),
        ('program', '', 'binding', 'f4', '绑定.csv', 100, '2026-01-02', 1);
      insert into points_total (night, channel, shop, kind, entries, points, moved) values
        ('2026-01-02', '', '', 'MERGE', 2, 0, 0),
        ('2026-01-02', 'pos', '一号店', 'CLAWBACK', 1, -99, 0),
        ('2026-01-01', 'pos', '一号店', 'EARN', 1, 199, 0),
        ('2026-01-01', 'pos', '一号店', 'RELEASE', 1, 0, 199),
        ('2026-01-01', 'tmall', '旗舰店', 'EARN', 1, 50, 0);
      insert into order_class_total (night, channel, shop, class, orders) values
        ('2026-01-02', 'pos', '一号店', 'POSTED', 1),
        ('2026-01-02', 'tmall', '旗舰店', 'POSTED', 1),
        ('2026-01-02', 'tmall', '旗舰店', 'UNATTRIBUTED', 1);
      insert into break (id, type, channel, shop, key, first_night, state, closed_night, detail, orders, points) values
        ('b1', 'UNATTRIBUTED', 'tmall', '旗舰店', '2026-01-01', '2026-01-01', 'OPEN', null,
         '1 order without a known buyer; would earn 7 points', 1, 7),
        ('b2', 'POINTS_DIFF', 'pos', '一号店', 'P1/1', '2026-01-01', 'CLOSED', '2026-01-02', 'till 200, ledger 199', null,
         null),
        ('b3', 'REFUND_MISMATCH', 'tmall', '旗舰店', 'T2', '2026-01-02', 'OPEN', null,
         'lines say 900, the order says 800 fen refunded', null, null);
      insert into break_event (break_id, night, event, detail) values
        ('b1', '2026-01-01', 'OPENED', '2 orders without a known buyer; would earn 9 points'),
        ('b2', '2026-01-01', 'OPENED', 'till 200, ledger 199'),
        ('b1', '2026-01-02', 'CHANGED', '1 order without a known buyer; would earn 7 points'),
        ('b2', '2026-01-02', 'CLOSED', 'till 200, ledger 199'),
        ('b3', '2026-01-02', 'OPENED', 'lines say 900, the order says 800 fen refunded');
      insert into waiting_order (order_key, class, channel, shop, since, would_be_points) values
        ('%3$s', 'UNATTRIBUTED', 'tmall', '旗舰店', '2026-01-01', 7);
      insert into quarantine (id, first_night, channel, shop, document, file, sha256, row, column_name, reason,
        value_masked, record_masked, order_no, order_key, state) values
        ('q1', '2026-01-02', 'pos', '一号店', 'receipts', '销售.csv', 'aa', 3, '消费金额', 'BAD_NUMBER', '1O.00',
         '20260102,1O.00,138****0001', '20260102-1-2', null, 'OPEN'),
        ('q2', '2026-01-01', 'pos', '一号店', 'receipts', '0101.csv', 'f1', 9, '', 'SURPLUS_CELL', '', '', null, null,
         'WAIVED');
      insert into member (member_id, bucket, birth_night, join_channel, join_date, merged_into, merged_to, merged_night,
        merged_at)
        values
        ('M1', 1, '2026-01-01', 'pos', '2026-01-01', null, null, null, null),
        ('M2', 2, '2026-01-01', 'tmall', '2026-01-01', 'M1', 'M1', '2026-01-02', '2026-01-02T02:00:00Z'),
        ('M3', 3, '2026-01-03', 'tmall', '2026-01-03', null, null, null, null);
      insert into sales_order (order_key, channel, shop, order_no, present, state, paid_at, gross_fen, freight_fen,
        content, first_night, changed_night, source_sha256, source_row) values
        ('%1$s', 'pos', '一号店', 'P1', true, 5, '2026-01-01T02:00:00Z', null, null, '', '2026-01-01', '2026-01-01',
         'f1', 2),
        ('%2$s', 'tmall', '旗舰店', 'T2', true, 3, '2026-01-01T03:00:00Z', 5600, 600, '', '2026-01-01', '2026-01-01',
         'f3', 5),
        ('%3$s', 'tmall', '旗舰店', 'T3', true, 3, '2026-01-01T03:00:00Z', 700, 0, '', '2026-01-01', '2026-01-01',
         'f3', 6);
      create table verdict_n20260101 partition of verdict for values in ('2026-01-01');
      insert into verdict (order_key, first_night, night, class, owner, paid_on, base_fen, goods_refund_fen, would_be_points,
        ticket) values
        ('%1$s', '2026-01-01', '2026-01-01', 'POSTED', 'M1', '2026-01-01', 19999, 9999, 0, true),
        ('%2$s', '2026-01-01', '2026-01-01', 'POSTED', 'M2', '2026-01-01', 5000, 0, 0, false),
        ('%3$s', '2026-01-01', '2026-01-01', 'UNATTRIBUTED', null, null, 0, 0, 7, false);
      insert into order_line (order_key, line_key, generation, sku, qty, price_fen, due_fen, state, refund_state, at,
        excluded, content, first_night, changed_night, source_sha256, source_row) values
        ('%1$s', '1', 1, 'S', 1, 19999, 19999, 5, 0, '2026-01-01T02:00:00Z', false, '', '2026-01-01', '2026-01-01',
         'f1', 2),
        ('%2$s', '1', 2, 'S', 1, 5000, null, 3, 0, null, false, '', '2026-01-01', '2026-01-01', 'f2', 8);
      insert into order_token (night, order_key, kind, channel, hash, shown) values
        ('2026-01-01', '%1$s', 'card', '', '\\x01', 'C1'),
        ('2026-01-01', '%2$s', 'tmall_nick', 'tmall', '\\x02', '小明:明');
      insert into binding (content, channel, order_no, bound_at, state, first_night, applied_night, source_sha256,
        source_row) values
        ('\\xb1', 'tmall', 'T2', '2026-01-02T02:00:00Z', 'APPLIED', '2026-01-02', '2026-01-02', 'f4', 2);
      insert into evidence_token (content, side, kind, channel, hash, shown) values
        ('\\xb1', 'PERSON', 'card', '', '\\x01', 'C1'),
        ('\\xb1', 'PERSON', 'phone', '', '\\x03', '138****0001');
      insert into merge_evidence (member_id, night, joined, source, content, source_sha256, source_row) values
        ('M2', '2026-01-02', 'M1', 'BINDING', '\\xb1', 'f4', 2);
      insert into return_match (return_order_key, return_line_key, order_key, line_key, amount_fen, at, night) values
        ('%3$s', 'r', '%1$s', '1', 9999, '2026-01-02T01:00:00Z', '2026-01-02');
      insert into pin values (1, 1, 'earn', 100, 1, 'LINEAR', 'FLOOR', 7, 'ROLLING', 1, 'YEAR');
      create table posting_n20260101 partition of posting for values in ('2026-01-01');
      insert into posting (order_key, first_night, line_key, member_id, night, earned, clawed_back, pin) values
        ('%1$s', '2026-01-01', '1', 'M1', '2026-01-01', 199, 99, 1),
        ('%2$s', '2026-01-01', '1', 'M2', '2026-01-01', 50, 0, 1);
      create table entry_n20260101 partition of entry for values in ('2026-01-01');
      create table entry_n20260102 partition of entry for values in ('2026-01-02');
      create table lot_n20260101 partition of lot for values in ('2026-01-01');
      create table lot_release_n20260101 partition of lot_release for values in ('2026-01-01');
      create table allocation_n20260102 partition of allocation for values in ('2026-01-02');
      insert into entry (night, bucket, member_id, n, kind, points, moved, effective_at, channel, shop, order_key,
        line_key, cause_type, cause_key, program_version) values
        ('2026-01-01', 1, 'M1', 1, 'EARN', 199, 0, '2026-01-01T02:00:00Z', 'pos', '一号店', '%1$s', '1', 'LINE',
         'P1/1', 1),
        ('2026-01-01', 1, 'M1', 2, 'RELEASE', 0, 199, '2026-01-01T02:00:00Z', 'pos', '一号店', '%1$s', '1', 'LINE',
         'P1/1', 1),
        ('2026-01-01', 2, 'M2', 1, 'EARN', 50, 0, '2026-01-01T03:00:00Z', 'tmall', '旗舰店', '%2$s', '1', 'LINE',
         'T2/1', 1),
        ('2026-01-02', 1, 'M1', 1, 'MERGE', 50, 0, '2026-01-02T02:00:00Z', '', '', null, null, 'MERGE', 'M2', 1),
        ('2026-01-02', 1, 'M1', 2, 'CLAWBACK', -99, 0, '2026-01-02T01:00:00.5Z', 'pos', '一号店', '%1$s', '1', 'LINE',
         'P1/1', 1),
        ('2026-01-02', 2, 'M2', 1, 'MERGE', -50, 0, '2026-01-02T02:00:00Z', '', '', null, null, 'MERGE', 'M1', 1);
      insert into lot (night, bucket, member_id, n, channel, shop, order_no, order_key, line_key, points, remaining,
        expired, available_on, expires_on) values
        ('2026-01-01', 1, 'M1', 1, 'pos', '一号店', 'P1', '%1$s', '1', 199, 100, 0, '2026-01-01', '2026-12-31'),
        ('2026-01-01', 2, 'M2', 1, 'tmall', '旗舰店', 'T2', '%2$s', '1', 50, 50, 0, null, null);
      insert into lot_release (night, lot_night, lot_member, lot_n, available_on, expires_on) values
        ('2026-01-01', '2026-01-01', 'M1', 1, '2026-01-01', '2026-12-31');
      insert into allocation (night, member_id, n, kind, debit_night, debit_member, debit_n, lot_night, lot_member,
        lot_n, points, pending) values
        ('2026-01-02', 'M1', 1, 'DEBIT', '2026-01-02', 'M1', 2, '2026-01-01', 'M1', 1, 99, false);
      """
          .formatted(ORDER_1, ORDER_2, ORDER_3);
}
