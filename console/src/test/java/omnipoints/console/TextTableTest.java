package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void chinese_and_latin_columns_stand_under_each_other() {
    TextTable table =
        new TextTable("渠道", "shop", ">行数")
            .row("tmall", "旗舰店", 1000)
            .row("pos", "Store 7", 7)
            .row("门店", null, 12);

    assertThat(table.lines(80))
        .containsExactly(
            "渠道   shop     行数",
            "-----  -------  ----",
            "tmall  旗舰店   1000",
            "pos    Store 7     7",
            "门店              12");
  }

  @Test
  void a_table_that_is_too_wide_cuts_its_widest_text_and_never_a_number() {
    TextTable table =
        new TextTable("file", "outcome", ">rows")
            .row("ExportOrderList202601011200店铺导出.csv", "ACCEPTED", 1234567890123L);

    assertThat(table.lines(50))
        .containsExactly(
            "file                       outcome            rows",
            "-------------------------  --------  -------------",
            "ExportOrderList202601011…  ACCEPTED  1234567890123");
    assertThat(table.lines(50))
        .allSatisfy(line -> assertThat(CharWidth.of(line)).isLessThanOrEqualTo(50));
    assertThat(table.lines(20)).anySatisfy(line -> assertThat(line).contains("1234567890123"));
  }

  @Test
  void cells_from_outside_cannot_move_the_cursor() {
    assertThat(new TextTable("file").row("\u001b[2Jx.csv").lines(80))
        .last()
        .isEqualTo("\\u001B[2Jx.csv");
  }
}
