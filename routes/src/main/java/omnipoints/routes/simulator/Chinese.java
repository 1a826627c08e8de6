package omnipoints.routes.simulator;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times and amounts as TOP, JD and Youzan write them: to the second in China, in yuan. */
final class Chinese {
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Chinese() {}

  static long seconds(String time) {
    return LocalDateTime.parse(time, TIME).atZone(CHINA).toEpochSecond();
  }

  static String time(Instant at) {
    return TIME.format(at.atZone(CHINA));
  }

  static String yuan(long fen) {
    return String.format("%d.%02d", fen / 100, fen % 100);
  }
}
