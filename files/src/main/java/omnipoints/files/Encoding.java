package omnipoints.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a file are decoded, always strictly: nothing undecodable is ever replaced. A
 * workbook says that itself, so its encoding is its format.
 *
 * @param name {@code utf-8}, {@code utf-8 with BOM}, {@code gb18030}, {@code utf-16le with BOM}, …,
 *     {@code xlsx}, {@code xls}
 * @param bomBytes bytes to skip at the start
 */
public record Encoding(String name, Charset charset, int bomBytes) {
  public static final Encoding UTF_8 = new Encoding("utf-8", StandardCharsets.UTF_8, 0);
  public static final Encoding UTF_8_BOM =
      new Encoding("utf-8 with BOM", StandardCharsets.UTF_8, 3);
  public static final Encoding GB18030 = new Encoding("gb18030", Charset.forName("GB18030"), 0);
  public static final Encoding UTF_16LE = new Encoding("utf-16le", StandardCharsets.UTF_16LE, 0);
  public static final Encoding UTF_16LE_BOM =
      new Encoding("utf-16le with BOM", StandardCharsets.UTF_16LE, 2);
  public static final Encoding UTF_16BE_BOM =
      new Encoding("utf-16be with BOM", StandardCharsets.UTF_16BE, 2);
  public static final Encoding XLSX = new Encoding("xlsx", StandardCharsets.UTF_8, 0);
  public static final Encoding XLS = new Encoding("xls", StandardCharsets.UTF_16LE, 0);

  /** The word a mapping declares it by. */
  public String declared() {
    if (wide()) return "utf-16";
    return this.equals(GB18030) ? "gb18030" : "utf-8";
  }

  /** Whether a character has two bytes, so that a NUL byte is nothing special. */
  public boolean wide() {
    return charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE);
  }

  @Override
  public String toString() {
    return name;
  }
}
