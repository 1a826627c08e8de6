package omnipoints.mappings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a file are decoded, always strictly: nothing undecodable is ever replaced.
 *
 * @param name {@code utf-8}, {@code utf-8 with BOM} or {@code gb18030}
 * @param bomBytes bytes to skip at the start
 */
public record Encoding(String name, Charset charset, int bomBytes) {
  static final Encoding UTF_8 = new Encoding("utf-8", StandardCharsets.UTF_8, 0);
  static final Encoding UTF_8_BOM = new Encoding("utf-8 with BOM", StandardCharsets.UTF_8, 3);
  static final Encoding GB18030 = new Encoding("gb18030", Charset.forName("GB18030"), 0);

  static Encoding of(String name) {
    return name.equals("gb18030") ? GB18030 : UTF_8;
  }

  @Override
  public String toString() {
    return name;
  }
}
