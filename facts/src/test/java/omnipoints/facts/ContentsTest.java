package omnipoints.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ContentsTest {
  private final Contents contents = new Contents();

  private static FactRecord.LineRecord line(
      int row, String order, String sku, String qty, Long due) {
    return new FactRecord.LineRecord(
        row,
        "S",
        order,
        null,
        sku,
        null,
        new BigDecimal(qty),
        100L,
        due,
        null,
        null,
        OrderState.PAID,
        RefundState.NONE,
        null,
        Instant.EPOCH,
        null,
        false,
        List.of());
  }

  private String hash(FactRecord record) {
    return HexFormat.of().formatHex(contents.hash(record));
  }

  @Test
  void the_row_number_is_no_content() {
    assertThat(hash(line(2, "A", "B", "1", 5L)))
        .isEqualTo(hash(line(9, "A", "B", "1", 5L)))
        .hasSize(32);
  }

  @Test
  void equal_quantities_written_differently_are_equal_content() {
    assertThat(hash(line(2, "A", "B", "1.0", 5L))).isEqualTo(hash(line(2, "A", "B", "1", 5L)));
  }

  @Test
  void no_two_contents_share_an_encoding() {
    List<FactRecord> different =
        List.of(
            line(1, "AB", "C", "1", 5L),
            line(1, "A", "BC", "1", 5L),
            line(1, "A", "BC", "1", null),
            line(1, "A", "BC", "1", 0L),
            line(1, "A", "BC", "2", 5L),
            line(1, "", "ABC", "1", 5L),
            new FactRecord.MemberRecord(1, List.of(new Token("card", "", "AB")), null, null, null),
            new FactRecord.MemberRecord(1, List.of(new Token("card", "", "AB")), null, null, ""),
            new FactRecord.MemberRecord(1, List.of(new Token("card", "A", "B")), null, null, null),
            new FactRecord.BindingRecord(1, "tmall", "AB", null, List.of(), Instant.EPOCH, null),
            new FactRecord.BindingRecord(1, "tmall", "AB", null, List.of(), Instant.EPOCH, "s1"),
            new FactRecord.BindingRecord(
                1, "tmall", null, new Token("card", "", "AB"), List.of(), Instant.EPOCH, null));
    Set<String> hashes = new TreeSet<>();
    different.forEach(record -> hashes.add(hash(record)));
    assertThat(hashes).hasSize(different.size());
  }

  @Test
  void the_hash_is_pinned_because_the_ledger_breaks_ties_by_it() {
    assertThat(hash(line(1, "A", "B", "1", 5L))).isEqualTo("4a1af7966760e68e1af7a05188e7a371");
  }

  @Test
  void a_reject_has_no_content() {
    FactRecord reject = new FactRecord.Reject(1, RejectReason.BAD_DATE, "c", "v", null, null, "");
    assertThatThrownBy(() -> contents.hash(reject)).hasMessage("a reject has no content");
  }
}
