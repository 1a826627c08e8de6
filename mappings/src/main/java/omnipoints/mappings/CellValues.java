package omnipoints.mappings;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import omnipoints.files.NumberText;
import omnipoints.files.Row;
import omnipoints.files.SerialDate;

/**
 * Turns the stored numbers of a workbook's row into the texts a person sees there, as the field
 * that reads the column needs them. What a spreadsheet has damaged comes out as a text that its
 * field refuses, never as another value.
 */
final class CellValues {
  /** Makes every field refuse the cell as UNDECODABLE. */
  private static final String NO_VALUE = "\ufffd";

  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private enum Role {
    /** Ids, codes, phones: digits count. */
    KEY,
    /** Dates and times. */
    MOMENT,
    /** The date of a time that has a column of its own. */
    DAY,
    /** The time of a date that has a column of its own. */
    TIME,
    /** Free text, and notes with ids in them, which would take any number for a word. */
    WORD,
    /** Numbers, and columns that no field reads. */
    OTHER
  }

  private final boolean epoch1904;
  private final Role[] roles;
  private final Field[] fields;
  private Row settled = new Row();
  private Row before = new Row();

  CellValues(Document document, Columns columns, int width, boolean epoch1904) {
    this.epoch1904 = epoch1904;
    this.roles = new Role[width];
    this.fields = new Field[width];
    for (Field field : document.fields().values()) {
      int[] read = columns.of(field.name());
      if (read == null) continue;
      Role role = field.and().isEmpty() ? role(field.type()) : Role.DAY;
      for (int index : read) claim(index, role, field);
      for (int index : columns.and(field.name())) claim(index, Role.TIME, field);
    }
  }

  private void claim(int index, Role role, Field field) {
    if (roles[index] != null && roles[index].compareTo(role) <= 0) return;
    roles[index] = role;
    fields[index] = field;
  }

  private static Role role(FieldType type) {
    return switch (type) {
      case ID, CODE, PHONE -> Role.KEY;
      case DATETIME, DATE -> Role.MOMENT;
      case TEXT, IDS -> Role.WORD;
      default -> Role.OTHER;
    };
  }

  /** The row with texts only; like the stored one it is valid until the next but one row. */
  Row settle(Row stored) {
    Row row = before;
    before = settled;
    settled = row;
    row.replace(stored);
    for (int i = 0; i < stored.size(); i++) {
      if (stored.kind(i) == Row.TEXT) {
        row.add(stored, i);
      } else {
        row.add(text(stored, i), Row.TEXT);
      }
    }
    return row;
  }

  private String text(Row stored, int cell) {
    String raw = stored.text(cell);
    if (stored.kind(cell) == Row.BROKEN) return NO_VALUE + raw;
    boolean padded = raw.length() > 1 && raw.charAt(0) == '0' && raw.matches("\\d+");
    String number = padded ? raw : NumberText.of(raw);
    if (number == null) return NO_VALUE + raw;
    Role role = cell < roles.length && roles[cell] != null ? roles[cell] : Role.OTHER;
    boolean date = stored.kind(cell) == Row.DATE;
    if (role == Role.MOMENT) return moment(number, fields[cell]);
    if (role == Role.DAY) return day(number, fields[cell]);
    if (role == Role.TIME) return SerialDate.time(number);
    if (role == Role.WORD && NumberText.lost(number)) return NO_VALUE + number;
    if (!date) return number;
    // A merchant code 3-4 that a spreadsheet took for the 4th of March cannot be brought back.
    LocalDateTime time = SerialDate.of(number, epoch1904);
    String shown = time == null ? number : SHOWN.format(time);
    return role == Role.KEY ? NO_VALUE + shown : shown;
  }

  /**
   * The date of a serial in a format of the field, else the bare number, which may be a date too.
   */
  private String moment(String number, Field field) {
    LocalDateTime time = SerialDate.of(number, epoch1904);
    if (time == null) return number;
    List<DatePattern> formats = field.formats();
    for (DatePattern format : formats) {
      String text = format.write(time);
      if (text != null) return text;
    }
    return number;
  }

  /**
   * A whole serial is a date alone; one with a time of its own is more than this column may say.
   */
  private String day(String number, Field field) {
    LocalDateTime time = SerialDate.of(number, epoch1904);
    boolean whole = time != null && time.toLocalTime().equals(LocalTime.MIDNIGHT);
    return whole ? time.toLocalDate().toString() : moment(number, field);
  }
}
