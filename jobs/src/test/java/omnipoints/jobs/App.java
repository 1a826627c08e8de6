package omnipoints.jobs;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Orders of a channel of one's own that tells the kind of each order, and has lines of its own. */
final class App {

  private static final String MAPPING =
      """
      channel: app
      title: App
      encodings: [utf-8]
      money: {unit: yuan}
      times: {formats: ["yyyy-MM-dd HH:mm"]}
      shop: {from: [folder]}
      complete_when: order_present
      vocabularies:
        states: {paid: PAID, done: COMPLETED}
        refunds: {none: NONE, open: OPEN, back: REFUNDED}
      documents:
        orders:
          grain: order_line
          paid_is_net_of_refund: false
          fields:
            order: {column: order, type: id, required: value}
            card: {column: card, type: id}
            order_type: {column: kind, type: text}
            state: {column: state, type: status, vocabulary: states, required: value}
            created_at: {column: paid, type: datetime, required: value}
            paid_at: {column: paid, type: datetime, required: value}
            completed_at: {column: done, type: datetime}
            line: {column: line, type: id, required: value}
            sku: {column: sku, type: text}
            qty: {column: qty, type: number, required: value}
            due: {column: due, type: money, required: value}
            refund_state: {column: refund, type: status, vocabulary: refunds, required: value}
            line_refunded: {column: back, type: money, required: value}
      """;

  private App() {}

  /** A home with that channel, and its file of orders under {@code inbox/app/S1}. */
  static TestHome home(java.nio.file.Path dir) {
    return new TestHome(dir, "  app: {}\n").write("mappings/app.yaml", MAPPING);
  }

  static String file(String... rows) {
    return "order,card,kind,state,paid,done,line,sku,qty,due,refund,back\n"
        + Arrays.stream(rows).map(row -> row + "\n").collect(Collectors.joining());
  }

  /**
   * A line of an order.
   *
   * @param done when it completed, empty while it has not
   * @param back yuan that went back, 0 for none
   */
  static String row(
      String order, String kind, String paid, String done, String line, String due, String back) {
    String refund = back.equals("0") ? "none" : "back";
    String state = done.isEmpty() ? "paid" : "done";
    return String.join(
        ",", order, "C1", kind, state, paid, done, line, line, "1", due, refund, back);
  }
}
