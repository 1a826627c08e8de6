package omnipoints.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** What holds the rows of a file, by its first bytes; its name is not asked. */
public enum Container {
  TEXT("text"),
  UTF_16LE("UTF-16 text"),
  UTF_16BE("UTF-16 text"),
  HTML("a web page"),
  /** Values of an API, one after the other. */
  JSON("JSON"),
  /** A ZIP archive; whether of a workbook or of members its directory tells. */
  ZIP("a ZIP archive or an XLSX workbook"),
  /** The container of XLS workbooks, and of XLSX workbooks under a password. */
  OLE("an XLS workbook"),
  GZIP("gzip data"),
  XML_SPREADSHEET("an XML Spreadsheet of 2003"),
  PDF("a PDF"),
  RAR("a RAR archive"),
  SEVEN_ZIP("a 7z archive");

  private static final int HEAD = 4096;

  /** An object, or an array of them: no header of a table begins so. */
  private static final Pattern OPENS = Pattern.compile("\\[?\\s*\\{\\s*[\"}]");

  private final String words;

  Container(String words) {
    this.words = words;
  }

  /** {@code a PDF}. */
  public String words() {
    return words;
  }

  /** The container of the rows in that file. */
  public static Container of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    if (starts(head, 0xff, 0xfe)) return markup(text(head, StandardCharsets.UTF_16LE), UTF_16LE);
    if (starts(head, 0xfe, 0xff)) return markup(text(head, StandardCharsets.UTF_16BE), UTF_16BE);
    if (starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6)) return ZIP;
    if (starts(head, 0xd0, 0xcf, 0x11, 0xe0)) return OLE;
    if (starts(head, 0x1f, 0x8b)) return GZIP;
    if (starts(head, '%', 'P', 'D', 'F')) return PDF;
    if (starts(head, 'R', 'a', 'r', '!', 0x1a)) return RAR;
    if (starts(head, '7', 'z', 0xbc, 0xaf)) return SEVEN_ZIP;
    return markup(text(head, StandardCharsets.ISO_8859_1).replace("\u00ef\u00bb\u00bf", ""), TEXT);
  }

  private static Container markup(String head, Container otherwise) {
    String start = head.replace("\ufeff", "").strip().toLowerCase(Locale.ROOT);
    if (otherwise == TEXT && OPENS.matcher(start).lookingAt()) return JSON;
    if (!start.startsWith("<")) return otherwise;
    if (start.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && start.startsWith("<?xml")) {
      return XML_SPREADSHEET;
    }
    boolean page =
        start.startsWith("<!doctype html")
            || start.startsWith("<html")
            || start.startsWith("<table")
            || start.startsWith("<meta")
            || start.startsWith("<head")
            || start.startsWith("<style")
            || start.contains("<html")
            || start.contains("<table");
    return page ? HTML : otherwise;
  }

  private static String text(byte[] head, Charset charset) {
    return new String(head, charset);
  }

  private static boolean starts(byte[] head, int... bytes) {
    if (head.length < bytes.length) return false;
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xff) != bytes[i]) return false;
    }
    return true;
  }
}
