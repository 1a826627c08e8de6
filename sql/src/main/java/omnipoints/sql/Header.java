package omnipoints.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment block a SQL file of ours opens with: {@code -- key: value} lines, a key may be
 * repeated and continues on comment lines without a key. Ends at the first line that is no comment,
 * or at {@code -- name:}.
 */
final class Header {

  private static final Pattern KEY = Pattern.compile("--\\s*([a-z]+):\\s*(.*)");
  private static final Pattern PARAM = Pattern.compile(":([a-z][a-z0-9_]*)\\s+(\\S+(?:\\s*\\[])?)");

  private final String file;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private int length;

  private Header(String file) {
    this.file = file;
  }

  static Header of(String file, List<String> lines) {
    var header = new Header(file);
    String key = null;
    for (String line : lines) {
      String text = line.strip();
      Matcher keyed = KEY.matcher(text);
      boolean isKeyed = keyed.matches();
      if (!text.startsWith("--") || isKeyed && keyed.group(1).equals("name")) break;
      header.length++;
      if (isKeyed) {
        key = keyed.group(1);
        header.lines.putIfAbsent(key, header.length);
      }
      String value = isKeyed ? keyed.group(2) : text.substring(2).strip();
      String separator = "params".equals(key) ? ", " : " ";
      if (key != null)
        header.values.merge(
            key, value, (a, b) -> b.isEmpty() ? a : a.isEmpty() ? b : a + separator + b);
    }
    return header;
  }

  /** Number of lines the block takes. */
  int length() {
    return length;
  }

  int line(String key) {
    return lines.getOrDefault(key, 1);
  }

  /** The value, or the empty text and a problem if the file does not state it. */
  String required(String key, List<String> problems) {
    String value = values.get(key);
    if (value == null || value.isBlank()) {
      problems.add(
          file + ":1: no line '-- " + key + ": …' in the comment block the file opens with");
      return "";
    }
    return value.strip();
  }

  /** Declared parameters in order; {@code -- params: none} declares that there are none. */
  Map<String, ParamType> params(List<String> problems) {
    var params = new LinkedHashMap<String, ParamType>();
    String declared = required("params", problems);
    if (declared.isEmpty() || declared.equals("none")) return params;
    for (String part : splitParams(declared)) {
      Matcher matcher = PARAM.matcher(part);
      if (!matcher.matches()) {
        problems.add(at("params") + "'" + part + "' is not ':name type'");
        continue;
      }
      var type = ParamType.named(matcher.group(2).replace(" ", ""));
      if (type.isEmpty()) {
        problems.add(
            at("params")
                + ":"
                + matcher.group(1)
                + " has the unknown type '"
                + matcher.group(2)
                + "'; known: "
                + ParamType.names());
      } else if (params.put(matcher.group(1), type.get()) != null) {
        problems.add(at("params") + ":" + matcher.group(1) + " is declared twice");
      }
    }
    return params;
  }

  private static List<String> splitParams(String declared) {
    var parts = new ArrayList<String>();
    for (String part : declared.split(",")) if (!part.isBlank()) parts.add(part.strip());
    return parts;
  }

  private String at(String key) {
    return file + ":" + line(key) + ": ";
  }
}
