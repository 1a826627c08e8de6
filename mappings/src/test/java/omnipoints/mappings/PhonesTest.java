package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {
  @ParameterizedTest
  @CsvSource({
    "13800000001, +8613800000001",
    "138 0000 0001, +8613800000001",
    "138-0000-0001, +8613800000001",
    "+86 138 0000 0001, +8613800000001",
    "+86-13800000001, +8613800000001",
    "8613800000001, +8613800000001",
    "(+86)138 0000 0001, +8613800000001",
    "（+86）138-0000-0001, +8613800000001",
    "\u202a+86 13800000001\u202c, +8613800000001",
    "008613800000001, +8613800000001",
    "１３８００００００１１, +8613800000011",
    "19912345678, +8619912345678",
  })
  void a_mobile_number_has_one_form_however_it_is_written(String written, String e164) {
    assertThat(Phones.normalise(written)).contains(e164);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "138****0001",
        "1**********",
        "02112345678",
        "021-12345678",
        "17012345678",
        "17112345678",
        "16212345678",
        "16512345678",
        "16712345678",
        "1380000000",
        "138000000011",
        "+85261234567",
        "+1 202 555 0143",
        "400-800-8000",
        "13800000001-123",
        "13800000001转8",
        "10086",
        "",
        "手机",
        "12345678901",
        "++8613800000001",
        "+13800000001",
        "(86)(138)00000001"
      })
  void what_is_not_surely_a_persons_mobile_number_is_never_guessed(String written) {
    assertThat(Phones.normalise(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"+8613800000001, 138****0001", "13912345678, 139****5678"})
  void a_masked_phone_shows_three_and_four_digits(String e164, String masked) {
    assertThat(Phones.mask(e164)).isEqualTo(masked);
  }
}
