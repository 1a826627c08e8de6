package omnipoints.jobs;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import omnipoints.routes.alert.Message;

/** What messages say, in one of two languages: figures and commands, nobody's data. */
record AlertText(boolean chinese) {

  /** Digit runs that may be phone numbers; whatever a message is made of, they do not leave. */
  private static final Pattern PHONE = Pattern.compile("(?<!\\d)((?:\\+?86)?1[3-9])\\d{9}(?!\\d)");

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final int LONGEST = 1_000;
  private static final String STATUS = "./omnipoints status ";

  /** Points of a closed night, positive. */
  record Points(long earned, long released, long clawedBack, long redeemed, long expired) {}

  /** Of all its deliveries. */
  record Rows(long files, long rows, long rejected) {}

  /** An error break of a night. */
  record Problem(String id, String type, String channel, String shop) {}

  /** A closed night in a few lines. */
  Message digest(
      LocalDate night,
      int exit,
      Points points,
      Rows rows,
      List<String> missing,
      Map<String, Long> opened) {
    String title =
        exit == 0
            ? say("OmniPoints " + night + " 已关账", "OmniPoints " + night + " is closed")
            : say(
                "OmniPoints " + night + " 已关账，退出码 " + exit,
                "OmniPoints " + night + " is closed with exit code " + exit);
    var text = new StringBuilder();
    line(
        text,
        say("积分：发放 ", "Points: earned ") + points.earned(),
        say("到账 ", "released ") + points.released(),
        say("扣回 ", "clawed back ") + points.clawedBack(),
        say("消费 ", "redeemed ") + points.redeemed(),
        say("过期 ", "expired ") + points.expired());
    line(
        text,
        say("文件 ", "Files ") + rows.files(),
        say("行 ", "rows ") + rows.rows(),
        say("拒收 ", "rejected ") + rows.rejected());
    if (!missing.isEmpty()) line(text, say("未到：", "Missing: ") + String.join(", ", missing));
    if (!opened.isEmpty())
      line(
          text,
          say("新差异：", "New breaks: ")
              + opened.entrySet().stream()
                  .map(type -> type.getKey() + " " + type.getValue())
                  .collect(Collectors.joining(", ")));
    return message("night " + night, "DIGEST", night, title, text + STATUS + night);
  }

  /** A night that ended without closing. */
  Message failed(LocalDate night, NightRefused refused) {
    String title =
        say("OmniPoints " + night + " 未关账：", "OmniPoints " + night + " has not closed: ")
            + refused.code();
    return message(
        "night " + night + " " + refused.code(),
        "PROBLEM",
        night,
        title,
        refused.getMessage() + "\n" + String.join("\n", refused.next()));
  }

  /** A night that is not closed by its deadline. */
  Message late(LocalDate night, ZonedDateTime deadline) {
    String time = MINUTE.format(deadline);
    return message(
        "night " + night + " late",
        "PROBLEM",
        night,
        say(
            "OmniPoints " + night + " 到 " + time + " 尚未关账",
            "OmniPoints " + night + " is not closed by " + time),
        STATUS + night);
  }

  Message problem(LocalDate night, Problem of) {
    String where = of.channel() + (of.shop().isEmpty() ? "" : "/" + of.shop());
    return message(
        "break " + of.id() + " " + night,
        "PROBLEM",
        night,
        say("OmniPoints " + night + " 新差异：", "OmniPoints " + night + " new break: ")
            + of.type()
            + (where.isEmpty() ? "" : " " + where),
        "./omnipoints breaks show " + of.id());
  }

  /** Those of a night that are not told one by one. */
  Message more(LocalDate night, long problems) {
    return message(
        "breaks " + night,
        "PROBLEM",
        night,
        say(
            "OmniPoints " + night + " 另有 " + problems + " 条新差异",
            "OmniPoints " + night + " has " + problems + " more new breaks"),
        "./omnipoints breaks list");
  }

  /** Any text; digits that may be a phone are not shown. */
  static String withoutPhones(String text) {
    return PHONE.matcher(text).replaceAll("$1*********");
  }

  private static Message message(
      String key, String kind, LocalDate night, String title, String text) {
    String masked = withoutPhones(text);
    return new Message(
        key,
        kind,
        night,
        title,
        masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "…");
  }

  private String say(String zh, String en) {
    return chinese ? zh : en;
  }

  private void line(StringBuilder text, String... parts) {
    text.append(String.join(say("，", ", "), parts)).append('\n');
  }
}
