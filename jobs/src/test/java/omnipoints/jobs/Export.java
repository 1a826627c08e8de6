package omnipoints.jobs;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A file on its way to the inbox, taken apart so that a test may cut, glue and shuffle it.
 *
 * @param folder below the inbox: {@code <channel>[/<shop>]}
 * @param orders the rows, those of one order together
 */
record Export(
    String folder, String name, String header, List<List<String>> orders, Charset charset) {

  byte[] bytes() {
    var text = new StringBuilder(header).append('\n');
    for (List<String> rows : orders) for (String row : rows) text.append(row).append('\n');
    return text.toString().getBytes(charset);
  }

  void dropInto(TestHome home) {
    home.drop(folder + "/" + name, bytes());
  }

  Export named(String other) {
    return new Export(folder, other, header, orders, charset);
  }

  /** All rows in another order; rows of an order no longer stand together. */
  Export shuffled(Random random) {
    List<List<String>> rows = new ArrayList<>();
    for (List<String> order : orders) for (String row : order) rows.add(List.of(row));
    Collections.shuffle(rows, random);
    return new Export(folder, name, header, rows, charset);
  }

  /** Every second order, beginning with the given one. */
  Export half(int first) {
    List<List<String>> half = new ArrayList<>();
    for (int i = first; i < orders.size(); i += 2) half.add(orders.get(i));
    return new Export(folder, name, header, half, charset);
  }

  Export with(Export other) {
    List<List<String>> both = new ArrayList<>(orders);
    both.addAll(other.orders);
    return new Export(folder, name, header, both, charset);
  }
}
