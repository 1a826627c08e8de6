package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.facts.JoinResult;
import omnipoints.facts.LineRow;
import omnipoints.facts.OrderRow;
import omnipoints.facts.RefundRow;
import omnipoints.facts.RefundSeenRow;
import omnipoints.facts.ReturnRow;
import omnipoints.facts.TokenRow;
import omnipoints.sql.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row is declared once: the record is held against the table it goes into. */
class RecordsMatchTablesTest {

  private static final Map<Class<? extends Record>, String> TABLES =
      Map.ofEntries(
          Map.entry(OrderRow.class, "sales_order"),
          Map.entry(LineRow.class, "order_line"),
          Map.entry(RefundRow.class, "refund_document"),
          Map.entry(ReturnRow.class, "till_return"),
          Map.entry(TokenRow.class, "order_token"),
          Map.entry(RefundSeenRow.class, "refund_seen"),
          Map.entry(JoinResult.Later.class, "touched"),
          Map.entry(JoinResult.Split.class, "order_split"),
          Map.entry(VerdictRow.class, "verdict"),
          Map.entry(NightPostings.PostingRow.class, "posting"),
          Map.entry(NightBalances.BalanceRow.class, "balance"),
          Map.entry(ExpiryMonths.MonthRow.class, "expiry_month"),
          Map.entry(SpendRow.class, "spend"),
          Map.entry(RedeemedRow.class, "redeemed"),
          Map.entry(BalanceSync.SentRow.class, "balance_sent"),
          Map.entry(VoucherRow.class, "voucher"),
          Map.entry(PassRow.class, "pass_given"),
          Map.entry(TierRow.class, "tier_state"),
          Map.entry(TierRow.Changed.class, "tier_history"),
          Map.entry(TierRow.Overearning.class, "tier_overearned"),
          Map.entry(ChargeRow.class, "tier_charge"));

  private static final Map<Class<?>, String> TYPES =
      Map.ofEntries(
          Map.entry(int.class, "int4"),
          Map.entry(Integer.class, "int4"),
          Map.entry(long.class, "int8"),
          Map.entry(Long.class, "int8"),
          Map.entry(short.class, "int2"),
          Map.entry(boolean.class, "bool"),
          Map.entry(String.class, "text"),
          Map.entry(byte[].class, "bytea"),
          Map.entry(Instant.class, "timestamptz"),
          Map.entry(LocalDate.class, "date"),
          Map.entry(BigDecimal.class, "numeric"),
          Map.entry(UUID.class, "uuid"));

  @Test
  void components_are_columns_and_no_column_that_must_have_a_value_is_missing(@TempDir Path dir) {
    try (var home = new TestHome(dir)) {
      TABLES.forEach(
          (type, table) -> {
            List<String> expected = new ArrayList<>();
            for (Shape.Part part : Shape.of(type).parts())
              expected.add(part.column() + " " + (part.list() ? "_" : "") + TYPES.get(part.type()));
            List<String> columns =
                home.rows(
                    "select column_name || ' ' || udt_name from information_schema.columns"
                        + " where table_schema = 'public' and table_name = '"
                        + table
                        + "'");
            List<String> needed =
                home.rows(
                    "select column_name || ' ' || udt_name from information_schema.columns"
                        + " where table_schema = 'public' and table_name = '"
                        + table
                        + "'"
                        + " and is_nullable = 'NO' and column_default is null");
            assertThat(columns).as(table).containsAll(expected);
            assertThat(expected).as(table).containsAll(needed);
          });
    }
  }
}
