package omnipoints.mappings;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import omnipoints.files.Limits;
import omnipoints.files.Row;
import omnipoints.files.RowSource;

/** A sample as rows of cells below its header, to be rearranged and written back as plain CSV. */
record SampleTable(List<List<String>> rows) {

  static SampleTable of(String sample) {
    Path file = Samples.FOLDER.resolve(sample);
    Recognition.Recognised recognised = Samples.recognised(file, Samples.channel(file));
    List<List<String>> rows = new ArrayList<>();
    Limits limits = recognised.channel().limits();
    try (RowSource source =
        RowSource.open(file, sample, recognised.part(), recognised.encoding(), limits)) {
      for (Row row = source.next(); row != null; row = source.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < recognised.headers().size(); i++) cells.add(row.text(i));
        rows.add(cells);
      }
    }
    return new SampleTable(rows);
  }

  SampleTable copy() {
    List<List<String>> copied = new ArrayList<>();
    for (List<String> row : rows) copied.add(new ArrayList<>(row));
    return new SampleTable(copied);
  }

  int width() {
    return rows.get(0).size();
  }

  List<String> header() {
    return rows.get(0);
  }

  SampleTable reordered(List<Integer> order) {
    List<List<String>> reordered = new ArrayList<>();
    for (List<String> row : rows)
      reordered.add(new ArrayList<>(order.stream().map(row::get).toList()));
    return new SampleTable(reordered);
  }

  SampleTable without(int column) {
    SampleTable copy = copy();
    copy.rows.forEach(row -> row.remove(column));
    return copy;
  }

  byte[] bytes(Charset charset) {
    return bytes(charset, ',');
  }

  byte[] bytes(Charset charset, char separator) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i > 0) text.append(separator);
        text.append('"').append(row.get(i).replace("\"", "\"\"")).append('"');
      }
      text.append("\r\n");
    }
    return text.toString().getBytes(charset);
  }
}
