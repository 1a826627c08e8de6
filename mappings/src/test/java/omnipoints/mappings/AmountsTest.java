package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  private static final Channel.MoneyStyle STYLE =
      new Channel.MoneyStyle(100, List.of("¥", "￥"), List.of("元"), true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "1|100",
        "1.5|150",
        "1.50|150",
        "1.5000|150",
        ".5|50",
        "0元|0",
        "¥12.30|1230",
        "￥12.30元|1230",
        "-12.30|-1230",
        "-¥12.30|-1230",
        "¥-12.30|-1230",
        "¥ 12.30 元|1230",
        "+3.00|300",
        "1,234.50|123450",
        "12,345,678.90|1234567890",
        "10000000000.00|1000000000000"
      })
  void an_amount_in_yuan_becomes_fen(String text, long fen) {
    Amounts amounts = new Amounts();
    assertThat(amounts.fen(text.toCharArray(), 0, text.length(), 100, STYLE)).isEqualTo(fen);
    assertThat(amounts.fault()).isEqualTo(Amounts.Fault.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100.00(已退款89.84)|LEFTOVER",
        "12.30元起|LEFTOVER",
        "1.2.3|LEFTOVER",
        "5.|LEFTOVER",
        "1,23|LEFTOVER",
        "1234,567|LEFTOVER",
        ",123|LEFTOVER",
        "1,234,|LEFTOVER",
        "--5|LEFTOVER",
        "-¥-5|LEFTOVER",
        "1E+2|LEFTOVER",
        "$5|LEFTOVER",
        "元|LEFTOVER",
        "-|LEFTOVER",
        "12 34|LEFTOVER",
        "5%|LEFTOVER",
        "12.345|NOT_EXACT",
        "10000000000.01|NOT_EXACT",
        "-10000000000.01|NOT_EXACT",
        "999999999999999.99|NOT_EXACT",
        "1234567890123456|NOT_EXACT"
      })
  void anything_beside_an_amount_is_a_fault(String text, Amounts.Fault fault) {
    Amounts amounts = new Amounts();
    amounts.fen(text.toCharArray(), 0, text.length(), 100, STYLE);
    assertThat(amounts.fault()).isEqualTo(fault);
  }

  @Test
  void amounts_written_in_fen_have_no_fraction() {
    Amounts amounts = new Amounts();
    assertThat(amounts.fen("1234".toCharArray(), 0, 4, 1, STYLE)).isEqualTo(1234);
    amounts.fen("12.5".toCharArray(), 0, 4, 1, STYLE);
    assertThat(amounts.fault()).isEqualTo(Amounts.Fault.NOT_EXACT);
  }

  @Test
  void every_amount_of_two_decimals_is_read_back_exactly() {
    Random random = new Random(7);
    Amounts amounts = new Amounts();
    for (int i = 0; i < 20_000; i++) {
      long fen = random.nextLong() % 100_000_000_000L;
      String plain = BigDecimal.valueOf(fen, 2).toPlainString();
      String grouped = String.format("%,.2f", BigDecimal.valueOf(fen, 2));
      assertThat(amounts.fen(plain.toCharArray(), 0, plain.length(), 100, STYLE))
          .as(plain)
          .isEqualTo(fen);
      assertThat(amounts.fen(grouped.toCharArray(), 0, grouped.length(), 100, STYLE))
          .as(grouped)
          .isEqualTo(fen);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "1.00,1",
    "0.750,0.75",
    "-2,-2",
    "100,100",
    "+3,3",
    "123456789012345678,123456789012345678"
  })
  void a_number_is_exact_and_has_no_needless_zeros(String text, String plain) {
    assertThat(Amounts.number(text.toCharArray(), 0, text.length()).toPlainString())
        .isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({"1E1", "一", "1.", "1.2.3", "-", "0x1", "1234567890123456789", "1 2"})
  void a_text_is_no_number(String text) {
    assertThat(Amounts.number(text.toCharArray(), 0, text.length())).isNull();
  }
}
