package omnipoints.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workbook for people is Chinese as a whole: so are the remarks of its breaks. */
class ChineseRemarksTest {

  /** {@code format('…')}, also where the text goes on in a next line. */
  private static final Pattern REMARK = Pattern.compile("format\\(\\s*('(?:[^']|'\\s*\\n\\s*')*')");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 orders without a known buyer; would earn 1 point | 2 单买家未知；可得 1 分",
        "return of 2000 fen without a card found no sale | 退货 2000 分币（无卡），找不到对应的销售",
        "return of 2000 fen found no sale | 退货 2000 分币，找不到对应的销售",
        "youzan says 200 points on 2 customers, the ledger 80: 120 too many there"
            + " | youzan 为 200 分（2 个客户合计），总账为 80：对方多 120 分",
        "a remark of a later version | a remark of a later version",
        "its tokens belong to members with different phones; M00000000001 (card C1) and M00000000002; read in"
            + " 绑定.csv row 2 (card C1, phone 138****0001); look: ./omnipoints breaks show ab; decide: a binding row"
            + " that names one of them in inbox/program, or leave it so: ./omnipoints breaks resolve ab --because TEXT"
            + " | 其标识属于手机号不同的会员；M00000000001 (card C1) 与 M00000000002；读自 绑定.csv 第 2 行（card C1, phone"
            + " 138****0001）；查看：./omnipoints breaks show ab；处理：在 inbox/program"
            + " 放入指明其中一人的绑定；或维持现状：./omnipoints breaks resolve ab --because TEXT",
      })
  void a_remark_keeps_its_figures_names_and_commands(String english, String chinese) {
    assertThat(ChineseRemarks.of(english)).isEqualTo(chinese);
  }

  @Test
  void every_remark_that_reconcile_writes_has_a_chinese_twin() throws IOException {
    String sql;
    try (InputStream in =
        ChineseRemarks.class
            .getClassLoader()
            .getResourceAsStream("statements/nightly/reconcile.sql")) {
      sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> without = new ArrayList<>();
    int seen = 0;
    for (Matcher remark = REMARK.matcher(sql); remark.find(); seen++) {
      String english =
          remark.group(1).replaceAll("'\\s*\\n\\s*'", "").replace("'", "").replace("%s", "7");
      if (ChineseRemarks.of(english).equals(english)) without.add(english);
    }
    assertThat(seen).isGreaterThan(10);
    assertThat(without).isEmpty();
  }
}
