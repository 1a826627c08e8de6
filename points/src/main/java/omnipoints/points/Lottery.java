package omnipoints.points;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import omnipoints.facts.CodePoints;
import omnipoints.facts.Sha256;
import omnipoints.points.rules.Draw;

/**
 * Who wins a draw. Everybody can compute it anew from what is published once it is drawn: the seed,
 * of which the hash was published before the first entry, the entries, of which the hash was
 * published when the last one was taken, and a value that nobody knew until then.
 */
public final class Lottery {
  private Lottery() {}

  /**
   * An entry.
   *
   * @param member who has it; equal for all entries of one member
   */
  public record Entry(String requestNo, String member) {}

  /**
   * An entry that won.
   *
   * @param place 1 for the first prize
   */
  public record Win(int place, String requestNo, String member, String item, String score) {}

  /** What is published of a seed before anybody takes part. */
  public static String commitment(byte[] seed) {
    return Sha256.hex(seed);
  }

  /** What is published of the entries when the last one is taken: their numbers, a line each. */
  public static String listHash(List<Entry> entries) {
    var text = new StringBuilder();
    for (Entry entry : entries) text.append(entry.requestNo()).append('\n');
    return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What is published of who won: place, number and item of each, a line each. */
  public static String resultHash(List<Win> wins) {
    var text = new StringBuilder();
    for (Win win : wins)
      text.append(win.place())
          .append(' ')
          .append(win.requestNo())
          .append(' ')
          .append(win.item())
          .append('\n');
    return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The score of an entry: the lowest one wins the first prize. */
  public static String score(byte[] seed, String value, String draw, String requestNo) {
    byte[] text = (value + "\n" + draw + "\n" + requestNo).getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(seed, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Draws.
   *
   * @param value the public one
   * @param wins how often one member may win, null for any number
   */
  public static List<Win> draw(
      byte[] seed,
      String value,
      String draw,
      List<Entry> entries,
      List<Draw.Prize> prizes,
      Long wins) {
    record Scored(Entry entry, String score) {}
    List<Scored> scored = new ArrayList<>(entries.size());
    for (Entry entry : entries)
      scored.add(new Scored(entry, score(seed, value, draw, entry.requestNo())));
    scored.sort(
        Comparator.comparing(Scored::score)
            .thenComparing(one -> one.entry().requestNo(), CodePoints::compare));
    Map<String, Long> won = new HashMap<>();
    List<Win> all = new ArrayList<>();
    int next = 0;
    for (Draw.Prize prize : prizes) {
      for (long n = 0; n < prize.n(); n++) {
        while (next < scored.size() && full(won, scored.get(next).entry().member(), wins)) next++;
        if (next == scored.size()) return all;
        Scored one = scored.get(next++);
        won.merge(one.entry().member(), 1L, Math::addExact);
        all.add(
            new Win(
                all.size() + 1,
                one.entry().requestNo(),
                one.entry().member(),
                prize.item(),
                one.score()));
      }
    }
    return all;
  }

  private static boolean full(Map<String, Long> won, String member, Long wins) {
    return wins != null && won.getOrDefault(member, 0L) >= wins;
  }
}
