package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GluedOrdersTest {

  static Stream<Arguments> rows() {
    return Stream.of(
        Arguments.of("900000001", "900000001,a,1.00900000002,b,2.00", List.of("900000002")),
        Arguments.of("900000001", "900000001,a,\n900000003,b,2.00", List.of("900000003")),
        Arguments.of("900000001", "900000001,a,900000011,12,20260504", List.of("900000011")),
        Arguments.of("900000001", "900000001,900000001,x900000004", List.of("900000004")),
        Arguments.of("900000001", "900000001,a,12,20260504", List.of()),
        Arguments.of("AB-000001", "AB-000001;CD-000002", List.of("CD-000002")),
        Arguments.of("12", "12,13,14", List.of()),
        Arguments.of(null, "900000001,900000002", List.of()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void words_like_the_rows_own_number_are_named(String own, String row, List<String> others) {
    assertThat(GluedOrders.of(own, row)).isEqualTo(others);
  }
}
