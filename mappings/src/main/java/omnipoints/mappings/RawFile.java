package omnipoints.mappings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import omnipoints.files.Encoding;
import omnipoints.files.JsonShape;

/**
 * Some raw rows of a file as a small file of their own that the same mapping reads: JSON of JSON;
 * of a table its header, then the rows. CSV, UTF-8 with a byte order mark, which decides the
 * encoding; GB18030 where the mapping does not read UTF-8. The same rows give the same bytes.
 */
public final class RawFile {
  private static final char BOM = '\ufeff';

  private RawFile() {}

  public static byte[] of(Recognition.Recognised recognised, List<RawRow> rows) {
    JsonShape json = recognised.shape();
    if (json != null) return RawJson.of(json, rows).getBytes(StandardCharsets.UTF_8);
    boolean utf8 = recognised.channel().encodings().contains("utf-8");
    StringBuilder text = new StringBuilder();
    if (utf8) text.append(BOM);
    List<String> headers = recognised.headers();
    for (int i = 0; i < headers.size(); i++) cell(text, i, headers.get(i), true);
    text.append('\n');
    text.append("\n".repeat(recognised.document().skipRowsAfterHeader()));
    for (RawRow row : rows) {
      for (int i = 0; i < row.cells().size(); i++)
        cell(text, i, row.cells().get(i), row.quoted().get(i));
      text.append('\n');
    }
    Charset charset = (utf8 ? Encoding.UTF_8 : Encoding.GB18030).charset();
    return text.toString().getBytes(charset);
  }

  /** 1-based row that the first of the rows gets in such a file. */
  public static int firstRow(Recognition.Recognised recognised) {
    if (recognised.document().json() != null) return 1;
    return 2 + recognised.document().skipRowsAfterHeader();
  }

  // What was not quoted stays so where it can: a stray quote is a fault, and must stay one.
  private static void cell(StringBuilder text, int index, String cell, boolean quoted) {
    if (index > 0) text.append(',');
    boolean breaks =
        cell.indexOf(',') >= 0
            || cell.indexOf('\n') >= 0
            || cell.indexOf('\r') >= 0
            || cell.startsWith("\"");
    if (quoted || breaks) text.append('"').append(cell.replace("\"", "\"\"")).append('"');
    else text.append(cell);
  }
}
