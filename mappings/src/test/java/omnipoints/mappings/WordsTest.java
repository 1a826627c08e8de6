package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.FactRecord.RefundRecord;
import omnipoints.facts.FactRecord.Reject;
import omnipoints.facts.FactRecord.SettlementRecord;
import omnipoints.facts.OrderState;
import omnipoints.files.DeliveryRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each word of the mapping language does, by itself: a small mapping, a small file. */
class WordsTest {
  private static final String CHANNEL =
      """
      channel: shop
      title: Shop
      encodings: [utf-8]
      unwrap: [equals, tab]
      null_tokens: ["-"]
      money: {unit: yuan, prefixes: ["¥"], thousands: true}
      times: {formats: ["yyyy-MM-dd HH:mm:ss"]}
      shop: {from: [folder]}
      complete_when: order_present
      vocabularies:
        states: {new: UNPAID, paid: PAID, done: COMPLETED, closed: CLOSED, gone*: CLOSED, gone well: COMPLETED}
        afters: {asked: OPEN, back: REFUNDED, no: REFUSED}
        refunds: {asked: OPEN, back: REFUNDED, no: CLOSED}
        ways: {sale: SALE, return: RETURN}
        kinds: {pay: PAYMENT}
        directions: {came: IN, went: OUT}
      documents:
        d:
      """;
  private static final String ORDER =
      """
          grain: order
          fields:
            order: {column: no, type: id, required: value}
      """;
  private static final String LINES =
      """
          grain: order_line
          fields:
            order: {column: no, type: id, required: value}
            qty: {column: qty, type: number, required: value}
            sku: {column: sku, type: code}
      """;

  @TempDir Path folder;

  private Recognition recognise(String document, String text) throws IOException {
    Path home = Files.createDirectories(folder.resolve("mappings"));
    Files.writeString(home.resolve("shop.yaml"), CHANNEL + document.indent(2));
    Path file = folder.resolve("f.csv");
    Files.writeString(file, text);
    return Channels.load(home).recognise(file, "shop", "f.csv");
  }

  private List<FactRecord> read(String document, String text) throws IOException {
    List<FactRecord> records = new ArrayList<>();
    Recognition recognition = recognise(document, text);
    assertThat(recognition).isInstanceOf(Recognition.Recognised.class);
    RecordReader.read(
        (Recognition.Recognised) recognition,
        folder.resolve("f.csv"),
        "S1",
        Samples.SHANGHAI,
        records::add);
    return records;
  }

  private List<FactRecord> checked(String document, String text) throws IOException {
    List<FactRecord> records = new ArrayList<>();
    CheckedRecords.read(
        (Recognition.Recognised) recognise(document, text),
        folder.resolve("f.csv"),
        "S1",
        Samples.SHANGHAI,
        records::add);
    return records;
  }

  private String refused(String document, String text) throws IOException {
    Recognition recognition = recognise(document, text);
    if (recognition instanceof Recognition.Refused refused) return refused.message();
    DeliveryRefused refused =
        catchThrowableOfType(DeliveryRefused.class, () -> read(document, text));
    return refused.outcome() + " " + refused.getMessage();
  }

  private static <T> List<T> only(List<FactRecord> records, Class<T> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static String told(FactRecord record) {
    Reject reject = (Reject) record;
    return reject.row()
        + " "
        + reject.reason()
        + " "
        + (reject.column() + " " + reject.value()).strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.00,2.50,1.00|1150",
        "10.00,,|1000",
        "10.00,-,0|1000",
        "¥1000.00,1,|100100",
        "0,2.50,|250"
      })
  void plus_and_minus_add_columns_and_an_empty_cell_adds_nothing(String cells, long fen)
      throws IOException {
    String sums =
        ORDER
            + "      gross: {column: cash, plus: [balance], minus: [fee], type: money, required: value}\n";
    List<FactRecord> records = read(sums, "no,cash,balance,fee\n1," + cells + "\n");
    assertThat(((OrderRecord) records.get(0)).grossFen()).isEqualTo(fen);
  }

  /** Amounts of statements: in, out, word for the direction. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5.00,,|500",
        "-5.00,,|-500",
        ",5.00,|-500",
        ",-5.00,|-500",
        "0.00,5.00,|-500",
        "7.00,5.00,|200",
        "5.00,,went|-500",
        "-5.00,,went|-500",
        "5.00,,came|500",
        ",5.00,went|-500",
        ",5.00,came|500",
        "0.00,-5.00,went|-500",
        "-5.00,,came|2 BAD_NUMBER in -5.00",
        ",,went|2 MISSING_REQUIRED in",
        ",,|2 MISSING_REQUIRED in",
        "5.00,,gone|2 UNKNOWN_STATUS way gone",
      })
  void what_a_statement_says_came_or_went_has_one_sign(String cells, String expected)
      throws IOException {
    String statement =
        """
            grain: settlement
            fields:
              at: {column: at, type: datetime, required: value}
              fee: {column: way, type: text}
              kind: {column: way, type: status, vocabulary: kinds}
              amount: {column: in, type: money, sign: signed}
              out: {column: out, type: money, sign: signed}
              direction: {column: way, type: status, vocabulary: directions}
        """;
    String text = "at,in,out,way\n2026-01-02 03:04:05," + cells + "\n";
    assertThat(read(statement, text))
        .extracting(
            record ->
                record instanceof SettlementRecord movement
                    ? Long.toString(movement.amountFen())
                    : told(record))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5.00,0.30|pay PAYMENT 500; kept FEE -30",
        "-5.00,-0.30|pay REFUND -500; kept FEE 30",
        "5.00,0.00000|pay PAYMENT 500",
        "5.00,|pay PAYMENT 500",
        "5.00,0.301|2 BAD_NUMBER kept 0.301",
      })
  void what_is_kept_of_a_movement_is_one_of_its_own(String cells, String expected)
      throws IOException {
    String text = "at,in,kept,way\n2026-01-02 03:04:05," + cells + ",pay\n";
    assertThat(String.join("; ", movements(KEPT, text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'when,a+b,,'|pay PAYMENT 500",
        "''|pay PAYMENT 500",
        "'2026-01-01 03:04:05,7,,pay'|pay PAYMENT 700; pay PAYMENT 500",
      })
  void a_statement_without_its_explanation_loses_no_movement(String second, String expected)
      throws IOException {
    String text = "at,in,kept,way\n" + second + "\n2026-01-02 03:04:05,5,,pay\n";
    String explained = KEPT.replace("fields:", "skip_rows_after_header: 1\n    fields:");
    assertThat(String.join("; ", movements(explained, text))).isEqualTo(expected);
  }

  private static final String KEPT =
      """
          grain: settlement
          fields:
            at: {column: at, type: datetime, required: value}
            fee: {column: way, type: text}
            kind: {column: way, type: status, vocabulary: kinds}
            amount: {column: in, type: money, sign: signed, required: value}
            charge: {column: kept, type: money, sign: signed}
      """;

  private List<String> movements(String document, String text) throws IOException {
    return read(document, text).stream()
        .map(
            record ->
                record instanceof SettlementRecord movement
                    ? movement.fee() + " " + movement.kind() + " " + movement.amountFen()
                    : told(record))
        .toList();
  }

  @Test
  void a_term_that_is_no_amount_is_a_reject_of_its_own_column() throws IOException {
    String sums =
        ORDER
            + "      gross: {column: cash, plus: [balance], minus: [fee], type: money, required: value}\n";
    assertThat(read(sums, "no,cash,balance,fee\n1,10,2起,-3\n2,x,1,1\n"))
        .extracting(WordsTest::told)
        .containsExactly(
            "2 MONEY_LEFTOVER balance 2起", "2 BAD_NUMBER fee -3", "3 MONEY_LEFTOVER cash x");
  }

  @Test
  void a_required_amount_needs_the_columns_of_its_terms() throws IOException {
    String sums =
        ORDER + "      gross: {column: cash, plus: [balance], type: money, required: value}\n";
    assertThat(refused(sums, "no,cash\n1,10\n"))
        .isEqualTo(
            "f.csv: no mapping recognises this file (read as utf-8)\n  shop/d: row 1 lacks balance");
    String optional = ORDER + "      gross: {column: cash, plus: [balance], type: money}\n";
    assertThat(((OrderRecord) read(optional, "no,cash\n1,10\n").get(0)).grossFen()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-05-01,09:00:00|2026-05-01T01:00:00Z",
        "2026-05-01,09:00:00.25|2026-05-01T01:00:00.250Z",
        "2026-05-01,|2 BAD_DATE day 2026-05-01",
        ",09:00:00|2 MISSING_REQUIRED day"
      })
  void and_joins_a_date_and_its_time(String cells, String at) throws IOException {
    String joined =
        ORDER
            + "      gross: {column: cash, type: money}\n"
            + "      created_at: {column: day, and: [time], type: datetime, required: value}\n";
    FactRecord record = read(joined, "no,cash,day,time\n1,1," + cells + "\n").get(0);
    if (record instanceof OrderRecord order) assertThat(order.createdAt()).hasToString(at);
    else assertThat(told(record)).isEqualTo(at);
  }

  @Test
  void a_file_without_the_second_half_of_a_time_is_not_this_document() throws IOException {
    String joined =
        ORDER
            + "      gross: {column: cash, type: money}\n"
            + "      created_at: {column: day, and: [time], type: datetime}\n";
    assertThat(refused(joined, "no,cash,day\n1,1,2026-05-01\n")).endsWith("row 1 lacks time");
  }

  @Test
  void list_says_that_a_row_with_several_ids_has_none_of_its_own() throws IOException {
    String lines =
        LINES
            + "      line: {column: sub, type: id, list: \";\"}\n"
            + "      price: {column: price, type: money}\n"
            + "      due: {column: due, type: money, required: value}\n"
            + "      line_state: {column: state, type: status, vocabulary: states, required: value}\n";
    List<LineRecord> read =
        only(
            read(
                lines,
                "no,qty,sku,sub,price,due,state\n"
                    + "1,1,A,11,5.00,5,paid\n2,3,A;B,21;22,5.00;6.00,16,paid\n3,2,A,31;32,5.00,10,paid\n"),
            LineRecord.class);
    assertThat(read)
        .extracting(line -> line.line() + " " + line.priceFen() + " " + line.dueFen())
        .containsExactly("11 500 500", "null null 1600", "null 500 1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "split into 11 12|11,12",
        "split into: 11,12 done|11,12",
        "nothing|''",
        "''|''",
        "-|''"
      })
  void find_takes_the_ids_out_of_a_note(String note, String ids) throws IOException {
    String children =
        ORDER
            + "      gross: {column: cash, type: money}\n"
            + "      children: {column: note, type: ids, find: 'split into:? ([0-9 ,]+)'}\n";
    OrderRecord order = (OrderRecord) read(children, "no,cash,note\n1,1,\"" + note + "\"\n").get(0);
    assertThat(String.join(",", order.children())).isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource({"900-1, 900", "900A, 900", "900, 900", "9-00-12, 9-00", "=\"900-1\", 900"})
  void cut_takes_what_was_appended_off_an_id(String cell, String order) throws IOException {
    String cut =
        ORDER.replace("type: id", "type: id, cut: '(-\\d+|[A-Z])$'")
            + "      gross: {column: cash, type: money}\n";
    assertThat(((OrderRecord) read(cut, "no,cash\n" + cell + ",1\n").get(0)).order())
        .isEqualTo(order);
  }

  @Test
  void an_id_of_which_nothing_is_left_is_missing() throws IOException {
    String cut =
        ORDER.replace("type: id", "type: id, cut: '-\\d+$'")
            + "      gross: {column: cash, type: money}\n";
    assertThat(told(read(cut, "no,cash\n-1,1\n").get(0))).isEqualTo("2 MISSING_REQUIRED no -1");
  }

  @Test
  void without_names_columns_of_richer_files() throws IOException {
    String without =
        ORDER.replace("fields:", "without: [qty]\n    fields:")
            + "      gross: {column: cash, type: money}\n";
    assertThat(read(without, "no,cash\n1,1\n")).hasSize(1);
    assertThat(refused(without, "no,cash,qty\n1,1,1\n"))
        .endsWith("shop/d: row 1 is ambiguous: qty tells that it is another one");
  }

  @ParameterizedTest
  @CsvSource({
    "new, UNPAID",
    "gone, CLOSED",
    "gone away, CLOSED",
    "Gone　AWAY, CLOSED",
    "gone well, COMPLETED"
  })
  void a_word_that_ends_with_a_star_stands_for_all_that_begin_so(String word, OrderState state)
      throws IOException {
    String states =
        ORDER
            + "      gross: {column: cash, type: money}\n"
            + "      state: {column: state, type: status, vocabulary: states, required: value}\n";
    assertThat(((OrderRecord) read(states, "no,cash,state\n1,1," + word + "\n").get(0)).state())
        .isEqualTo(state);
    assertThat(told(read(states, "no,cash,state\n1,1,not gone\n").get(0)))
        .isEqualTo("2 UNKNOWN_STATUS state not gone");
  }

  @ParameterizedTest
  @CsvSource({
    "closed, 2026-05-01 09:00:00, true, 1000 0",
    "closed, , true, null 0",
    "done, 2026-05-01 09:00:00, true, null 1000",
    "closed, 2026-05-01 09:00:00, false, null 1000",
    "new, 2026-05-01 09:00:00, true, null 0"
  })
  void closed_is_refunded_holds_for_what_was_paid(
      String state, String paidAt, boolean declared, String refundedAndNet) throws IOException {
    String closed =
        ORDER.replace(
                "fields:",
                "paid_is_net_of_refund: false\n    closed_is_refunded: "
                    + declared
                    + "\n    fields:")
            + "      gross: {column: cash, type: money, required: value}\n"
            + "      paid: {column: cash, type: money}\n"
            + "      state: {column: state, type: status, vocabulary: states, required: value}\n"
            + "      paid_at: {column: paid, type: datetime, required: column}\n";
    String row = "1,10," + state + "," + (paidAt == null ? "" : paidAt) + "\n";
    OrderRecord order = (OrderRecord) read(closed, "no,cash,state,paid\n" + row).get(0);
    assertThat(order.refundedFen() + " " + order.netFen()).isEqualTo(refundedAndNet);
  }

  private static final String FIRST_ROW =
      LINES.replace("fields:", "order_cells: first_row\n    fields:")
          + "      state: {column: state, type: status, vocabulary: states, required: value}\n"
          + "      gross: {column: cash, type: money, required: value}\n"
          + "      created_at: {column: at, type: datetime}\n";

  @Test
  void order_cells_of_the_first_row_hold_for_the_empty_ones_below_it() throws IOException {
    List<FactRecord> records =
        read(
            FIRST_ROW,
            "no,state,cash,at,sku,qty\n1,paid,10,,A,1\n,,,,B,2\n1,,,,C,3\n2,done,5,,A,1\n1,paid,10,,D,1\n");
    assertThat(only(records, OrderRecord.class))
        .extracting(order -> order.order() + " " + order.row())
        .containsExactly("1 2", "2 5", "1 6");
    assertThat(only(records, LineRecord.class))
        .extracting(line -> line.order() + line.sku())
        .containsExactly("1A", "1B", "1C", "2A", "1D");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",,,,B,2|nothing above",
        "1E+20,paid,10,,A,1;,,,,B,2|an id that lost digits",
        "1,paid,10,,A,1;,,,2026-05-01 09:00:00,B,2|a cell of another order",
        "1,paid,10,,A,1;2,,,,B,2|another number",
        "1,paid,10,,A,1;,,10,,B,2|an amount without a state",
        "1,paid,10,,A,1,more;,,,,B,2|a shifted row above",
        "1,paid,10,,A;,,,,B,2|a short row above",
      })
  void a_row_is_never_put_to_an_order_that_may_not_be_its_own(String rows, String why)
      throws IOException {
    List<FactRecord> records =
        read(FIRST_ROW, "no,state,cash,at,sku,qty\n" + rows.replace(';', '\n') + "\n");
    assertThat(only(records, LineRecord.class)).as(why).noneMatch(line -> line.sku().equals("B"));
    assertThat(records.get(records.size() - 1)).as(why).isInstanceOf(Reject.class);
  }

  @Test
  void a_faulty_first_row_keeps_its_lines_with_the_order_it_parks() throws IOException {
    List<FactRecord> records =
        read(FIRST_ROW, "no,state,cash,at,sku,qty\n1,paid,10起,,A,1\n,,,,B,2\n");
    assertThat(((Reject) records.get(0)).order()).isEqualTo("1");
    assertThat(((LineRecord) records.get(1)).order()).isEqualTo("1");
    assertThat(only(records, OrderRecord.class)).isEmpty();
  }

  private static final String SUM_OF_LINES =
      LINES.replace("fields:", "closed_is_refunded: true\n    fields:")
          + "      line: {column: sub, type: id}\n"
          + "      due: {column: due, minus: [freight], type: money, required: value}\n"
          + "      line_freight: {column: freight, type: money}\n"
          + "      line_state: {column: state, type: status, vocabulary: states, required: value}\n"
          + "      refund_state: {column: after, type: status, vocabulary: afters}\n"
          + "      paid_at: {column: paid, type: datetime, required: column}\n";

  static Stream<Arguments> sums() {
    String at = "2026-05-01 09:00:00";
    return Stream.of(
        sum("two lines", "paid,,10,2," + at + ";paid,,5,0," + at, "PAID 1500 200 0 1500"),
        sum("the one behind", "done,,10,0," + at + ";paid,,5,0," + at, "PAID 1500 0 0 1500"),
        sum("one closed", "done,,10,0," + at + ";closed,,5,0," + at, "COMPLETED 1500 0 500 1000"),
        sum("all closed", "closed,back,10,0," + at, "CLOSED 1000 0 1000 0"),
        sum("closed unpaid", "closed,,10,0,", "CLOSED 1000 0 0 0"),
        sum("unpaid", "new,,10,0,", "UNPAID 1000 0 0 0"),
        sum("refund of unknown amount", "done,back,10,0," + at, "COMPLETED 1000 0 null null"),
        sum("refund asked for", "done,asked,10,0," + at, "COMPLETED 1000 0 0 1000"),
        sum(
            "a line not read",
            "done,,10,0," + at + ";done,?,5,0," + at,
            "COMPLETED null null null null"));
  }

  private static Arguments sum(String what, String rows, String order) {
    return Arguments.of(what, rows, order);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sums")
  void an_order_without_cells_of_its_own_is_the_sum_of_its_lines(
      String what, String rows, String expected) throws IOException {
    StringBuilder text = new StringBuilder("no,qty,sku,sub,state,after,due,freight,paid\n");
    int line = 0;
    for (String row : rows.split(";"))
      text.append("1,1,A,").append(++line).append(',').append(row).append('\n');
    List<OrderRecord> orders = only(checked(SUM_OF_LINES, text.toString()), OrderRecord.class);
    assertThat(orders)
        .extracting(
            o ->
                o.state()
                    + " "
                    + o.grossFen()
                    + " "
                    + o.freightFen()
                    + " "
                    + o.refundedFen()
                    + " "
                    + o.netFen())
        .containsExactly(expected);
  }

  @Test
  void an_order_is_told_once_for_each_run_of_rows_that_say_the_same() throws IOException {
    String every =
        LINES
            + "      state: {column: state, type: status, vocabulary: states, required: value}\n"
            + "      gross: {column: cash, type: money, required: value}\n";
    List<FactRecord> records =
        read(
            every,
            "no,state,cash,sku,qty\n1,paid,10,A,1\n1,paid,10,B,1\n1,done,10,C,1\n2,paid,1,A,1\n1,done,10,D,1\n");
    assertThat(only(records, OrderRecord.class))
        .extracting(order -> order.order() + order.state() + order.row())
        .containsExactly("1PAID2", "1COMPLETED4", "2PAID5", "1COMPLETED6");
    assertThat(only(records, LineRecord.class)).hasSize(5);
  }

  @Test
  void a_refund_document_has_a_state_an_amount_and_a_time() throws IOException {
    String refunds =
        """
            grain: refund
            fields:
              refund: {column: id, type: id, required: value}
              order: {column: no, type: id, required: value}
              line: {column: sub, type: id}
              sku: {column: sku, type: code}
              state: {column: state, type: status, vocabulary: refunds, required: value}
              amount: {column: fen, type: money, unit: fen, required: value}
              at: {column: arrived, else: [sent], type: datetime}
        """
            .replaceAll("(?m)^    ", "  ");
    List<FactRecord> records =
        read(
            refunds.indent(2),
            "id,no,sub,sku,state,fen,arrived,sent\n"
                + "r1,1,11,A,back,500,2026-05-02 09:00:00,2026-05-01 09:00:00\n"
                + "r2,1,,,back,500,-,2026-05-01 09:00:00\n"
                + "r3,1,,,asked,500,,\n"
                + "r4,1,,,maybe,5.5,,\n"
                + ",,,,no,-5,soon,\n");
    assertThat(only(records, RefundRecord.class))
        .extracting(
            r ->
                r.refund()
                    + " "
                    + r.line()
                    + " "
                    + r.sku()
                    + " "
                    + r.state()
                    + " "
                    + r.amountFen()
                    + " "
                    + r.at())
        .containsExactly(
            "r1 11 A REFUNDED 500 2026-05-02T01:00:00Z",
            "r2 null  REFUNDED 500 2026-05-01T01:00:00Z",
            "r3 null  OPEN 500 null");
    assertThat(only(records, Reject.class))
        .extracting(WordsTest::told)
        .containsExactly(
            "5 UNKNOWN_STATUS state maybe",
            "5 BAD_NUMBER fen 5.5",
            "6 MISSING_REQUIRED id",
            "6 MISSING_REQUIRED no",
            "6 BAD_NUMBER fen -5",
            "6 BAD_DATE arrived soon");
  }

  private static final String SCANS =
      """
          grain: receipt_line
          fields:
            at: {column: day, and: [time], type: datetime, required: value}
            sku: {column: sku, type: code, required: value}
            qty: {column: kg, type: number, sign: signed, required: value}
            price: {column: price, type: money, required: value}
            direction: {column: way, type: status, vocabulary: ways, required: value}
      """;

  @ParameterizedTest
  @CsvSource({
    "0.396, 7.60, sale, sale 301",
    "0.125, 0.20, sale, sale 3",
    "-0.849, 3.20, return, return 272",
    "0.849, 3.20, return, return 272",
    "0, 3.20, sale, sale 0",
    "-1, 3.20, sale, 2 BAD_NUMBER kg -1",
    "1, 3.20, gift, 2 UNKNOWN_STATUS way gift"
  })
  void a_scan_without_receipt_and_amount_is_a_receipt_of_its_own(
      String kg, String price, String way, String expected) throws IOException {
    String row = "2026-05-01,09:15:07.924,A," + kg + "," + price + "," + way + "\n";
    List<FactRecord> records = read(SCANS, "day,time,sku,kg,price,way\n" + row);
    FactRecord last = records.get(records.size() - 1);
    if (last instanceof LineRecord line) {
      assertThat("sale " + line.dueFen()).isEqualTo(expected);
      assertThat(((OrderRecord) records.get(0)).order()).isEqualTo("20260501--091507924");
    } else if (last instanceof RefundRecord refund) {
      assertThat("return " + refund.amountFen()).isEqualTo(expected);
      assertThat(records).hasSize(1);
    } else assertThat(told(last)).isEqualTo(expected);
  }

  private static final String TOTALS =
      ORDER.replace(
              "fields:",
              "footer_starts_with: [\"#\"]\n    totals:\n      - {find: 'rows (\\d+)', counts: rows}\n"
                  + "      - {find: 'sum (-?[\\d.,]+)', sums: gross}\n    fields:")
          + "      gross: {column: cash, type: money, required: value}\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# rows 2;# sum 12.50|",
        "# rows 2 sum 12.5|",
        "#,\"rows 2, sum 12.50\"|",
        "# rows 3 sum 12.50|TOTALS_DIFFER f.csv:4: the footer declares 3 rows, there are 2",
        "# rows 2 sum 1,250|TOTALS_DIFFER f.csv:4: the footer declares 1,250 for cash, its rows add up to 12.50",
        "# rows 1 sum 12|TOTALS_DIFFER f.csv:4: the footer declares 1 rows, there are 2; the footer declares 12 for cash, its rows add up to 12.50",
        "# rows 2 sum 1.2.3|TOTALS_DIFFER f.csv:4: the footer declares 1.2.3 for cash, its rows add up to 12.50",
        "# rows 2|TRUNCATED f.csv: the file ends without the total sum (-?[\\d.,]+)",
        "''|TRUNCATED f.csv: the file ends without the total rows (\\d+)",
        "# rows 2 sum 12.50;3,1|STRUCTURE_BROKEN f.csv:5: row 5: rows follow the footer; are two files glued together?"
      })
  void totals_hold_the_footer_against_the_rows(String footer, String refusal) throws IOException {
    String text =
        "no,cash\n1,10\n2,2.50\n" + (footer == null ? "" : footer.replace(';', '\n') + "\n");
    if (refusal == null) assertThat(read(TOTALS, text)).hasSize(2);
    else assertThat(refused(TOTALS, text)).isEqualTo(refusal);
  }

  @Test
  void the_sum_of_a_file_with_a_rejected_row_is_unknown_its_number_of_rows_is_not()
      throws IOException {
    assertThat(read(TOTALS, "no,cash\n1,10\n2,x\n# rows 2 sum 12.50\n")).hasSize(2);
    assertThat(refused(TOTALS, "no,cash\n1,10\n2,x\n# rows 3 sum 12.50\n"))
        .startsWith("TOTALS_DIFFER");
  }

  @Test
  void footer_rows_says_how_many_rows_follow_the_marked_one() throws IOException {
    String two =
        TOTALS.replace("totals:", "footer_rows: 2\n    totals:").replace("'rows (", "'#.*\\n(");
    two = two.replace("'sum (", "'#.*\\n\\d+,(");
    assertThat(read(two, "no,cash\n1,10\n2,2.50\n#,sum\n2,12.50\n")).hasSize(2);
    assertThat(refused(two, "no,cash\n1,10\n2,2.50\n#,sum\n3,12.50\n")).startsWith("TOTALS_DIFFER");
    assertThat(refused(two, "no,cash\n1,10\n#,sum\n1,10\n2,2.50\n")).startsWith("STRUCTURE_BROKEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,10;2,20,;3,30|3 SURPLUS_CELL #3 ",
        "1,10,;2,20;3,30,|3 MISSING_REQUIRED #3 ",
        "1,10,;2,20,;3,30,|",
        "1,10,;2,20|2 SURPLUS_CELL #3 "
      })
  void a_row_that_is_not_as_wide_as_the_others_is_rejected(String rows, String rejects)
      throws IOException {
    String gross = ORDER + "      gross: {column: cash, type: money}\n";
    List<Reject> read =
        only(read(gross, "no,cash\n" + rows.replace(';', '\n') + "\n"), Reject.class);
    if (rejects == null) assertThat(read).isEmpty();
    else assertThat(read).extracting(WordsTest::told).containsExactly(rejects);
  }
}
