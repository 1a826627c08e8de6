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
  void what_does_not_fit_beside_the_others_stands_whole_below_them() {
    TextTable table =
        new TextTable("channel", "file", "outcome", ">rows")
            .row("tmall", "ExportOrderList202601011200店铺导出.csv", "ACCEPTED", 1234567890123L)
            .row("pos", null, "EMPTY", 0);

    assertThat(table.lines(50))
        .containsExactly(
            "channel  outcome            rows",
            "  file",
            "-------  --------  -------------",
            "tmall    ACCEPTED  1234567890123",
            "  ExportOrderList202601011200店铺导出.csv",
            "pos      EMPTY                 0");
    assertThat(table.lines(20))
        .containsExactly(
            "channel",
            "  file",
            "  outcome",
            "           rows",
            "-------",
            "tmall",
            "  ExportOrderList202601011200店铺导出.csv",
            "  ACCEPTED",
            "  1234567890123",
            "pos",
            "  EMPTY",
            "              0");
  }

  @Test
  void only_a_cell_that_would_fill_several_lines_is_cut() {
    String masked = "*".repeat(4000);
    assertThat(new TextTable("id", "value").row("q1", masked).lines(80))
        .containsExactly("id", "  value", "--", "q1", "  " + "*".repeat(237) + "…");
    assertThat(new TextTable("id", "value").row("q1", masked).lines(Screen.UNLIMITED))
        .last()
        .isEqualTo("q1  " + masked);
  }

  @Test
  void cells_from_outside_cannot_move_the_cursor() {
    assertThat(new TextTable("file").row("\u001b[2Jx.csv").lines(80))
        .last()
        .isEqualTo("\\u001B[2Jx.csv");
  }
}
