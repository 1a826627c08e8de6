package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.FactRecord.RefundRecord;
import omnipoints.facts.FactRecord.Reject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check shows of rows that mean something together: what the night would join them to. */
class CheckedRecordsTest {
  private static final String CHANNEL =
      """
      channel: shop
      title: Shop
      encodings: [utf-8]
      money: {unit: yuan}
      times: {formats: ["yyyy-MM-dd HH:mm:ss"]}
      shop: {from: [folder]}
      complete_when: order_present
      vocabularies:
        states: {new: UNPAID, paid: PAID, done: COMPLETED, closed: CLOSED}
        afters: {asked: OPEN, back: REFUNDED}
      documents:
        d:
      """;
  private static final String TILL =
      """
          grain: receipt_line
          receipt_reused: true
          fields:
            card: {column: card, type: id}
            at: {column: at, type: datetime, required: value}
            sku: {column: sku, type: code, required: value}
            qty: {column: qty, type: number, sign: signed, required: value}
            price: {column: price, type: money, required: value}
            amount: {column: amount, type: money, sign: signed, required: value}
            till: {column: till, type: id, required: value}
            receipt: {column: receipt, type: id, required: value}
      """;
  private static final String LINES =
      """
          grain: order_line
          fields:
            order: {column: no, type: id, required: value}
            line: {column: line, type: id}
            sku: {column: sku, type: code}
            qty: {column: qty, type: number, required: value}
            due: {column: due, type: money, required: value}
            state: {column: state, type: status, vocabulary: states, required: value}
            refund_state: {column: after, type: status, vocabulary: afters}
      """;

  @TempDir Path folder;

  private List<String> checked(String document, String... rows) throws IOException {
    return checked(CHANNEL, document, List.of(rows));
  }

  private List<String> checked(String channel, String document, List<String> rows)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve("mappings"));
    Files.writeString(home.resolve("shop.yaml"), channel + document.indent(2));
    Path file = folder.resolve("f.csv");
    Files.writeString(file, String.join("\n", rows) + "\n");
    Recognition recognition = Channels.load(home).recognise(file, "shop", "f.csv");
    List<String> shown = new ArrayList<>();
    CheckedRecords.read(
        (Recognition.Recognised) recognition,
        file,
        null,
        Samples.SHANGHAI,
        record -> shown.add(text(record)));
    return shown;
  }

  private static String text(FactRecord record) {
    if (record instanceof OrderRecord o)
      return o.row() + " order " + o.order() + " " + o.state() + " " + o.grossFen();
    if (record instanceof LineRecord l) return l.row() + " line of " + l.order();
    if (record instanceof RefundRecord r) return r.row() + " return " + r.refund();
    Reject reject = (Reject) record;
    return reject.row() + " " + reject.reason() + " " + reject.column() + " " + reject.value();
  }

  @Test
  void of_three_cards_on_a_number_given_again_only_those_of_the_same_second_contradict()
      throws IOException {
    assertThat(
            checked(
                TILL,
                "card,at,sku,qty,price,amount,till,receipt",
                "C1,2026-05-04 09:10:00,A,1,1.00,1.00,1,7",
                "C2,2026-05-04 09:10:00,A,1,1.00,1.00,1,7",
                "C3,2026-05-04 18:40:00,A,1,1.00,1.00,1,7",
                ",2026-05-04 18:41:00,A,1,1.00,1.00,1,7"))
        .containsExactly(
            "2 CONFLICTING_ROWS card C1",
            "3 CONFLICTING_ROWS card C2",
            "4 order 20260504-1-7-184000 COMPLETED 100",
            "4 line of 20260504-1-7-184000",
            "5 order 20260504-1-7-0 COMPLETED 100",
            "5 line of 20260504-1-7-0");
  }

  @Test
  void receipts_of_two_shops_with_one_number_time_and_card_are_two_though_they_stand_together()
      throws IOException {
    assertThat(
            checked(
                CHANNEL.replace("from: [folder]", "from: [column]"),
                TILL + "      shop: {column: shop, type: text, required: value}\n",
                List.of(
                    "card,at,sku,qty,price,amount,till,receipt,shop",
                    "C1,2026-05-04 09:10:00,A,1,1.00,1.00,1,7,S1",
                    "C1,2026-05-04 09:10:00,A,1,2.00,2.00,1,7,S2")))
        .containsExactly(
            "2 order 20260504-1-7 COMPLETED 100",
            "2 line of 20260504-1-7",
            "3 order 20260504-1-7 COMPLETED 200",
            "3 line of 20260504-1-7");
  }

  @Test
  void returns_of_a_receipt_are_counted_by_amount_wherever_they_stand() throws IOException {
    assertThat(
            checked(
                TILL,
                "card,at,sku,qty,price,amount,till,receipt",
                "C1,2026-05-04 09:10:00,A,-2,1.00,-2.00,1,7",
                "C9,2026-05-04 09:30:00,A,-1,1.00,-1.00,1,8",
                "C1,2026-05-04 09:10:00,A,-1,1.00,-1.00,1,7"))
        .containsExactly(
            "2 return 20260504-1-7/A/000000000100/2",
            "3 return 20260504-1-8/A/000000000100/1",
            "4 return 20260504-1-7/A/000000000100/1");
  }

  @Test
  void rows_of_one_order_are_one_wherever_they_stand() throws IOException {
    assertThat(
            checked(
                LINES,
                "no,line,sku,qty,due,state,after",
                "1,L1,A,1,1.00,done,",
                "2,L2,A,1,5.00,done,",
                "1,L3,A,1,2.00,paid,"))
        .containsExactly(
            "2 order 1 PAID 300",
            "2 line of 1",
            "3 order 2 COMPLETED 500",
            "3 line of 2",
            "4 line of 1");
  }

  @Test
  void what_lines_add_up_to_is_not_known_where_two_of_them_contradict_each_other()
      throws IOException {
    assertThat(
            checked(
                LINES,
                "no,line,sku,qty,due,state,after",
                "1,L1,A,1,1.00,done,",
                "1,L1,A,1,2.00,done,",
                "1,L2,A,1,5.00,done,"))
        .containsExactly(
            "2 order 1 COMPLETED null",
            "2 CONFLICTING_ROWS qty ",
            "3 CONFLICTING_ROWS qty ",
            "4 line of 1");
  }
}
