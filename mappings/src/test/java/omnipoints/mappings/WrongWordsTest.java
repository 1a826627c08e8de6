package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import omnipoints.files.yaml.Problem;
import omnipoints.files.yaml.SetupFailed;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mapping that makes no sense is told, word by word. */
class WrongWordsTest {
  private static final String MAPPING =
      """
      channel: shop
      title: Shop
      encodings: [utf-8]
      money: {unit: yuan}
      times: {formats: ["yyyy-MM-dd HH:mm:ss"]}
      shop: {from: [folder]}
      complete_when: order_present
      vocabularies:
        states: {done: COMPLETED}
        refunds: {done: REFUNDED}
        ways: {sale: SALE}
        kinds: {pay: PAYMENT}
      documents:
        d:
          grain: GRAIN
      DOCUMENT
          fields:
      FIELDS
      """;
  private static final String ORDER =
      "order: {column: no, type: id, required: value}; gross: {column: cash, type: money}";
  private static final String LINE =
      "order: {column: no, type: id, required: value}; qty: {column: n, type: number}";
  private static final String REFUND =
      "refund: {column: id, type: id, required: value}; order: {column: no, type: id};"
          + " state: {column: s, type: status, vocabulary: refunds}; amount: {column: a, type: money}";
  private static final String MONEY =
      "at: {column: t, type: datetime, required: value}; fee: {column: f, type: text};"
          + " kind: {column: f, type: status, vocabulary: kinds}; amount: {column: a, type: money}";
  private static final String RECEIPT =
      "at: {column: t, type: datetime, required: value}; sku: {column: s, type: code};"
          + " qty: {column: n, type: number}; price: {column: p, type: money}";

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // plus, minus, and, list, find, cut
        "order||ORDER; item_count: {column: n, type: number, plus: [m]}|plus does not go with this type",
        "order||ORDER; item_count: {column: n, type: number, minus: [m]}|minus does not go with this type",
        "order||ORDER; freight: {column: n, type: money, and: [m]}|and does not go with this type",
        "order||ORDER; children: {column: n, type: ids}|ids need find: a pattern whose group 1 holds them",
        "order||ORDER; children: {column: n, type: ids, find: 'to .*'}|the pattern needs exactly one group, which holds the ids",
        "order||ORDER; children: {column: n, type: ids, find: '(to'}|no regular expression: Unclosed group",
        "order||ORDER; children: {column: n, type: ids, find: '(a)', cut: b}|cut does not go with this type",
        "order||ORDER; card: {column: n, type: id, find: '(a)'}|find does not go with this type",
        "order||ORDER; buyer: {column: n, type: text, cut: b}|only ids and codes are cut",
        "order||ORDER; card: {column: n, type: id, cut: '[b'}|no regular expression: Unclosed character class",
        // words of grains
        "order|order_cells: first_row|ORDER|d: order_cells is a word of grain order_line",
        "refund|closed_is_refunded: true|REFUND|d: closed_is_refunded is a word of order and order_line documents",
        "refund|paid_is_net_of_refund: true|REFUND|d: paid_is_net_of_refund is a word of order documents",
        "order_line||LINE; state: {column: s, type: status, vocabulary: states}|d: give gross (of the order) or due (of each line)",
        "order_line||LINE; due: {column: d, type: money}|d: give state (of the order) or line_state (of each line)",
        "order_line|order_cells: first_row|LINE; due: {column: d, type: money}; line_state: {column: s, type: status, vocabulary: states}|d: order_cells needs a state of the order",
        "order_line||LINE; gross: {column: d, type: money}; state: {column: s, type: status, vocabulary: states}; paid: {column: p, type: money}; line_refunded: {column: r, type: money}|d: say paid_is_net_of_refund: true or false, is the paid amount already reduced by refunds?",
        "receipt_line||RECEIPT; till: {column: x, type: id}|d: till and receipt belong together: give both or none",
        "receipt_line||RECEIPT; direction: {column: x, type: status, vocabulary: states}|'done' means 'COMPLETED', which is none of *",
        "refund||REFUND; qty: {column: x, type: money}|field qty cannot be of type money, only number",
        "order|account: a|ORDER|d: account is a word of grain settlement",
        "order|counts: false|ORDER|d: counts is a word of grain settlement",
        "settlement|counts: false|MONEY|d: say by account which documents tell what this one tells again",
        // totals
        "order|totals: [{find: '(a)', counts: rows}]|ORDER|d: totals stand in a footer: say what its rows begin with, footer_starts_with",
        "order|footer_rows: 2|ORDER|d: totals stand in a footer: say what its rows begin with, footer_starts_with",
        "order|footer_starts_with: [x]; totals: [{find: 'a', counts: rows}]|ORDER|d: the pattern needs exactly one group, which holds the number",
        "order|footer_starts_with: [x]; totals: [{find: '(a', counts: rows}]|ORDER|d: no regular expression: Unclosed group",
        "order|footer_starts_with: [x]; totals: [{find: '(a)'}]|ORDER|d: a total counts rows or sums a field: give one of counts and sums",
        "order|footer_starts_with: [x]; totals: [{find: '(a)', counts: rows, sums: gross}]|ORDER|d: a total counts rows or sums a field: give one of counts and sums",
        "order|footer_starts_with: [x]; totals: [{find: '(a)', sums: order}]|ORDER|d: only a field of type money or number has a sum, not order",
        "order|footer_starts_with: [x]; totals: [{find: '(a)', sums: colour}]|ORDER|d: only a field of type money or number has a sum, not colour"
      })
  void a_wrong_word_is_told_once_and_exactly(
      String grain, String document, String fields, String message) throws IOException {
    String all =
        fields
            .replace("ORDER", ORDER)
            .replace("LINE", LINE)
            .replace("REFUND", REFUND)
            .replace("MONEY", MONEY)
            .replace("RECEIPT", RECEIPT);
    String text =
        MAPPING
            .replace("GRAIN", grain)
            .replace("DOCUMENT\n", document == null ? "" : lines(document, "    "))
            .replace("FIELDS\n", lines(all, "      "));
    Files.writeString(home.resolve("shop.yaml"), text);
    SetupFailed failed = catchThrowableOfType(SetupFailed.class, () -> Channels.load(home));
    assertThat(failed).as(text).isNotNull();
    assertThat(failed.problems()).extracting(Problem::message).hasSize(1);
    String told = failed.problems().get(0).message();
    if (message.endsWith("*")) assertThat(told).startsWith(message.replace("*", ""));
    else assertThat(told).isEqualTo(message);
  }

  private static String lines(String words, String indent) {
    StringBuilder lines = new StringBuilder();
    for (String word : words.split(";(?![^{]*})"))
      lines.append(indent).append(word.strip()).append('\n');
    return lines.toString();
  }
}
