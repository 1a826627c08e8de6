package omnipoints.mappings.draft;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import omnipoints.files.Wrapper;
import omnipoints.mappings.Amounts;
import omnipoints.mappings.Channel;
import omnipoints.mappings.DatePattern;

/** What the cells of one column of an unknown file look like, counted over the whole file. */
final class ColumnFacts {
  private static final int WORDS_MAX = 60;
  private static final int WORD_CHARS_MAX = 40;
  private static final ZoneId ANY = ZoneOffset.UTC;
  private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?");
  private static final List<String> NULLS = List.of("-", "--", "——", "null", "NULL");
  private static final Set<String> NULL_TIMES =
      Set.of("0000-00-00 00:00:00", "0000-00-00", "0001-01-01 00:00:00");

  /** Formats that are looked for, most exact first. */
  static final List<String> FORMATS =
      List.of(
          "yyyy-MM-dd HH:mm:ss",
          "yyyy-MM-dd HH:mm",
          "yyyy-MM-dd H:mm:ss",
          "yyyy-MM-dd H:mm",
          "yyyy/MM/dd HH:mm:ss",
          "yyyy/MM/dd HH:mm",
          "yyyy/M/d H:mm:ss",
          "yyyy/M/d H:mm",
          "yyyy.MM.dd HH:mm:ss",
          "yyyyMMddHHmmss",
          "yyyyMMdd HH:mm:ss",
          "yyyyMMdd HHmmss",
          "yyyy-MM-dd'T'HH:mm:ss",
          "yyyy-MM-dd'T'HH:mm:ssXXX",
          "yyyy'年'MM'月'dd'日' HH:mm:ss",
          "yyyy'年'M'月'd'日' H:mm:ss",
          "yyyy-MM-dd",
          "yyyy/M/d",
          "yyyyMMdd",
          "yyyy.MM.dd",
          "yyyy'年'M'月'd'日'");

  private static final List<DatePattern> PATTERNS = FORMATS.stream().map(DatePattern::of).toList();
  private static final Channel.MoneyStyle STYLE =
      new Channel.MoneyStyle(100, List.of("¥", "￥"), List.of("元"), true);

  final int index;
  final String header;
  int filled;
  int amounts;
  int numbers;
  int times;
  int masked;
  boolean negative;
  boolean tooManyWords;
  final Set<String> nullTokens = new LinkedHashSet<>();
  final Set<String> nullTimes = new LinkedHashSet<>();
  final Set<Wrapper> wrappers = EnumSet.noneOf(Wrapper.class);
  final Set<String> words = new LinkedHashSet<>();

  /** Cells a format fits, by format. */
  final Map<String, Integer> dates = new LinkedHashMap<>();

  private final Amounts amountReader = new Amounts();

  ColumnFacts(int index, String header) {
    this.index = index;
    this.header = header;
  }

  /** A cell without its wrappers; blank ones are no cells. */
  void see(String text) {
    if (NULL_TIMES.contains(text)) {
      nullTimes.add(text);
      return;
    }
    if (NULLS.contains(text)) {
      nullTokens.add(text);
      return;
    }
    filled++;
    if (text.indexOf('*') >= 0) masked++;
    amount(text);
    if (TIME.matcher(text).matches()) times++;
    moment(text);
    if (tooManyWords) return;
    if (text.length() > WORD_CHARS_MAX) tooManyWords = true;
    else words.add(text);
    if (words.size() > WORDS_MAX) tooManyWords = true;
  }

  private void amount(String text) {
    char[] chars = text.toCharArray();
    long fen = amountReader.fen(chars, 0, chars.length, 100, STYLE);
    if (amountReader.fault() == Amounts.Fault.NONE) {
      amounts++;
      negative |= fen < 0;
    }
    if (Amounts.number(chars, 0, chars.length) != null) {
      numbers++;
      negative |= text.startsWith("-");
    }
  }

  private void moment(String text) {
    if (text.length() < 8 || text.length() > 40 || !Character.isDigit(text.charAt(0))) return;
    char[] chars = text.toCharArray();
    for (DatePattern pattern : PATTERNS) {
      boolean fits =
          pattern.withTime()
              ? pattern.instant(chars, 0, chars.length, ANY) != null
              : pattern.date(chars, 0, chars.length) != null;
      if (!fits) continue;
      dates.merge(pattern.toString(), 1, Integer::sum);
      return;
    }
  }

  /** Cells that are a date with ({@code true}) or without a time. */
  int dated(boolean withTime) {
    return dates.entrySet().stream()
        .filter(entry -> DatePattern.of(entry.getKey()).withTime() == withTime)
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Cells that can only be a time: fourteen digits may well be an order number. */
  int clocked() {
    return dates.entrySet().stream()
        .filter(entry -> entry.getKey().contains(":"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Share of the filled cells in percent; all of an empty column, which contradicts nothing. */
  int share(int cells) {
    return filled == 0 ? 100 : (int) (cells * 100L / filled);
  }

  /** Few words that repeat, and none of them a number. */
  boolean wordy() {
    return !tooManyWords && numbers == 0 && dated(true) + dated(false) == 0;
  }
}
