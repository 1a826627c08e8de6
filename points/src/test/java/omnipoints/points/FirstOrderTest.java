package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has the slot of a first order. */
class FirstOrderTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate NIGHT = LocalDate.parse("2026-05-30");

  private static Instant day(String day) {
    return LocalDate.parse("2026-05-" + day).atTime(10, 0).atZone(ZONE).toInstant();
  }

  /**
   * {@code <order> <day> <base> <kept>[ again| later]}: again: known before; later: and returned.
   */
  private static FirstOrder.Order order(String text) {
    String[] part = text.strip().split(" ");
    boolean later = part.length > 4 && part[4].equals("later");
    return new FirstOrder.Order(
        UUID.nameUUIDFromBytes(part[0].getBytes()),
        "c",
        "s",
        part[0],
        day(part[1]),
        Long.parseLong(part[2]),
        Long.parseLong(part[3]),
        part.length == 4,
        later);
  }

  private static List<FirstOrder.Order> orders(String text) {
    var orders = new ArrayList<FirstOrder.Order>();
    if (text != null && !text.isEmpty()) for (String one : text.split(";")) orders.add(order(one));
    return orders;
  }

  /** {@code <order> <day> <state>}. */
  private static List<FirstOrder.Slot> slots(String text) {
    var slots = new ArrayList<FirstOrder.Slot>();
    if (!text.isEmpty())
      for (String one : text.split(";")) {
        String[] part = one.strip().split(" ");
        slots.add(
            new FirstOrder.Slot(
                order(part[0] + " " + part[1] + " 0 0 again"), FirstOrder.State.valueOf(part[2])));
      }
    return slots;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      never | '' | a 05 100 100; b 04 100 100 | '' | b HELD taken
      never | '' | b 04 100 100; a 04 100 100 | '' | a HELD taken
      never | '' | a 04 99 99; b 05 100 100 | '' | b HELD taken
      never | '' | a 04 100 0; b 05 100 1 | '' | b HELD taken
      never | '' | a 04 99 99 | '' | ''
      never | '' | a 05 100 100 | b 04 100 100 again | b HELD taken
      never | '' | a 05 100 100 | b 04 100 0 again | a HELD taken
      never | '' | a 05 100 100 | b 04 100 0 later | b CLOSED
      next | '' | a 05 100 100 | b 04 100 0 later | a HELD taken
      never | a 05 HELD | b 04 100 100; c 06 100 100 | '' | a HELD late b
      never | a 05 HELD | a 05 100 1 again; c 06 100 100 | '' | a HELD
      never | a 05 HELD | a 05 100 0 again; c 06 100 100 | '' | a CLOSED
      next | a 05 HELD | a 05 100 0 again; c 06 100 100; b 06 100 0 again; d 07 100 100 again | '' | c HELD taken
      next | a 05 HELD | a 05 100 0 again; b 06 100 0 again | '' | a FREE
      next | a 05 FREE | a 05 100 0 again; b 06 100 100 | '' | b HELD taken
      next | a 05 FREE | a 05 100 100 again | '' | a HELD taken
      next | b 06 HELD | a 05 100 100 again; b 06 100 100 again | '' | b HELD
      never | a 05 CLOSED | a 05 100 100 again; b 06 100 100 | '' | a CLOSED
      never | b 06 HELD; a 05 HELD | a 05 100 100 again; b 06 100 100 again | '' | a HELD
      never | b 06 HELD; a 05 FREE | b 06 100 100 again | '' | b HELD
      """)
  void B8_the_earliest_order_has_the_slot_until_it_comes_back_whole(
      String afterReturn, String before, String tonight, String earlier, String expected) {
    Program program =
        RuleText.program(
            "rules: [{id: r, slot: first_order, slot_min_fen: 100, points: 5, after_return: "
                + afterReturn
                + "}]\n");
    FirstOrder.Answer answer =
        FirstOrder.of(
            new Programme("cloud", List.of(program)),
            ZONE,
            NIGHT,
            slots(before),
            orders(tonight),
            orders(earlier));
    String said =
        answer.slot() == null ? "" : answer.slot().order().order() + " " + answer.slot().state();
    if (answer.taken()) said += " taken";
    for (FirstOrder.Order late : answer.late()) said += " late " + late.order();
    assertThat(said).isEqualTo(expected);
  }
}
