package omnipoints.files;

import javax.xml.stream.XMLStreamConstants;

/** The rows of one sheet of an {@link XlsxWorkbook}, as they come out of its XML. */
final class XlsxRows implements RowSource {
  static final int COLUMNS_MAX = 16384;
  static final int ROWS_MAX = 1 << 20;

  private final XmlEvents xml;
  private final String where;
  private final SharedStrings strings;
  private final CellStyles styles;
  private final Limits limits;
  private final boolean epoch1904;
  private final StringBuilder text = new StringBuilder();
  private Row filling = new Row();
  private Row ready = new Row();
  private int number;
  private boolean ended;

  XlsxRows(
      XmlEvents xml,
      String where,
      SharedStrings strings,
      CellStyles styles,
      Limits limits,
      boolean epoch1904) {
    this.xml = xml;
    this.where = where;
    this.strings = strings;
    this.styles = styles;
    this.limits = limits;
    this.epoch1904 = epoch1904;
  }

  @Override
  public Row next() {
    while (!ended) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT && xml.name().equals("row")) {
        Row row = row();
        if (row.size > 0) return row;
      } else if (event == XMLStreamConstants.END_DOCUMENT) {
        ended = true;
        xml.finish();
      }
    }
    return null;
  }

  @Override
  public long position() {
    return xml.position();
  }

  private Row row() {
    String declared = xml.attribute("r");
    int next = declared == null ? number + 1 : position(declared, ROWS_MAX);
    if (next <= number) {
      throw Refusals.broken(where, "row " + next + " follows row " + number);
    }
    number = next;
    Row row = filling;
    filling = ready;
    ready = row;
    row.clear(number, number);
    int last = -1;
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("row")) return row;
      if (event == XMLStreamConstants.END_DOCUMENT)
        throw Refusals.broken(where, "a row never ends");
      if (event != XMLStreamConstants.START_ELEMENT || !xml.name().equals("c")) continue;
      int column = column(last);
      last = column;
      cell(row, column);
      if (row.length() > limits.recordChars()) {
        throw Refusals.broken(
            where,
            "row "
                + number
                + " has more than "
                + limits.recordChars()
                + " characters, which is the limit");
      }
    }
  }

  private int column(int last) {
    String reference = xml.attribute("r");
    int column = last + 1;
    if (reference != null) {
      column = 0;
      int at = 0;
      while (at < reference.length() && at < 4 && letter(reference.charAt(at))) {
        column = column * 26 + (reference.charAt(at++) & 0x1f);
      }
      column--;
      if (at == 0 || position(reference.substring(at), ROWS_MAX) != number) {
        throw Refusals.broken(where, "row " + number + " has a cell of address " + reference);
      }
    }
    if (column <= last || column >= COLUMNS_MAX) {
      throw Refusals.broken(where, "row " + number + " has its cells in disorder");
    }
    return column;
  }

  private static boolean letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private int position(String digits, int max) {
    boolean sound = !digits.isEmpty() && digits.length() <= 7;
    for (int i = 0; sound && i < digits.length(); i++) {
      sound = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    int position = sound ? Integer.parseInt(digits) : 0;
    if (position < 1 || position > max) {
      throw Refusals.broken(where, "row number " + digits + " after row " + number);
    }
    return position;
  }

  private void cell(Row row, int column) {
    String type = xml.attribute("t");
    int style = xml.number("s");
    boolean formula = false;
    boolean value = false;
    text.setLength(0);
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_DOCUMENT)
        throw Refusals.broken(where, "a cell never ends");
      if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("c")) break;
      if (event != XMLStreamConstants.START_ELEMENT) continue;
      switch (xml.name()) {
        case "v" -> {
          value = true;
          text.setLength(0);
          xml.text(text, limits.fieldChars());
        }
        case "is" -> {
          value = true;
          text.setLength(0);
          xml.runs(text, limits.fieldChars());
        }
        case "f" -> {
          formula = true;
          xml.text(new StringBuilder(), limits.fieldChars());
        }
        default -> {
          // Extensions say nothing about the value.
        }
      }
    }
    add(row, column, type == null ? "n" : type, style, formula, value);
  }

  private void add(Row row, int column, String type, int style, boolean formula, boolean value) {
    boolean textual = type.equals("str") || type.equals("inlineStr");
    if (!value || (text.length() == 0 && !textual)) {
      if (!formula) return;
      row.skipTo(column);
      row.add("formula without a cached value", Row.BROKEN);
      return;
    }
    if (textual && text.length() == 0) return;
    row.skipTo(column);
    switch (type) {
      case "n" -> styles.add(row, text.toString().strip(), style);
      case "s" -> row.add(strings.get(index()), Row.TEXT);
      case "str", "inlineStr" -> row.add(XmlEvents.unescaped(text), Row.TEXT);
      case "b" -> row.add(text.charAt(0) == '1' ? "TRUE" : "FALSE", Row.TEXT);
      case "d" -> moment(row, text.toString().strip());
      case "e" -> row.add(text.toString(), Row.BROKEN);
      default -> throw Refusals.broken(where, "row " + number + " has a cell of type " + type);
    }
  }

  /**
   * A date written as ISO says, which is what a serial says too; a bare date is its midnight, a Z
   * means no zone. Anything else stays the text it is.
   */
  private void moment(Row row, String iso) {
    String serial = SerialDate.serial(iso, epoch1904);
    if (serial == null) row.add(iso.replace('T', ' '), Row.TEXT);
    else row.add(serial, Row.DATE);
  }

  private int index() {
    String digits = text.toString().strip();
    if (!digits.matches("\\d{1,9}")) {
      throw Refusals.broken(where, "row " + number + " points at string " + digits);
    }
    return Integer.parseInt(digits);
  }

  @Override
  public boolean endsClean() {
    return true;
  }

  @Override
  public boolean grid() {
    return true;
  }

  @Override
  public boolean epoch1904() {
    return epoch1904;
  }

  @Override
  public void close() {
    xml.close();
  }
}
