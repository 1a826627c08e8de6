package omnipoints.points;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import omnipoints.points.rules.Draw;

/**
 * All that a draw was drawn from, and what came out: whoever has it needs nothing else to draw
 * anew.
 *
 * @param seed in hex; nobody knew it before but the house, which had said its hash
 * @param commitment SHA-256 of the seed, in the close of the night {@code opened}
 * @param listSha256 SHA-256 of the numbers of the entries, a line each, in the close of {@code
 *     listed}
 * @param value public, known to nobody before {@code listed} was over
 * @param wins how often one member may win, null for any number
 */
public record DrawProof(
    String schema,
    String draw,
    LocalDate opened,
    LocalDate closes,
    LocalDate listed,
    String commitment,
    String listSha256,
    String seed,
    String value,
    Long wins,
    List<Draw.Prize> prizes,
    List<Entry> entries,
    List<Winner> winners) {

  /** The form of the file. */
  public static final String SCHEMA = "omnipoints.draw/1";

  /**
   * @param member equal numbers are one member
   */
  public record Entry(String requestNo, long member) {}

  /** Who won what. */
  public record Winner(int place, String requestNo, String item, String score) {}

  /**
   * @throws IllegalArgumentException it does not say enough to draw anew
   */
  public DrawProof {
    boolean all =
        SCHEMA.equals(schema)
            && draw != null
            && seed != null
            && seed.matches("([0-9a-f]{2})+")
            && value != null
            && prizes != null
            && entries != null
            && winners != null;
    if (!all) throw new IllegalArgumentException("no proof of a draw, or not a whole one");
  }

  /** What does not hold; empty where all does. */
  public List<String> faults() {
    var faults = new ArrayList<String>();
    byte[] secret = HexFormat.of().parseHex(seed);
    if (!Lottery.commitment(secret).equals(commitment)) faults.add("COMMITMENT");
    List<Lottery.Entry> list = new ArrayList<>(entries.size());
    Map<String, Integer> numbers = new HashMap<>();
    for (Entry entry : entries) {
      list.add(new Lottery.Entry(entry.requestNo(), Long.toString(entry.member())));
      numbers.merge(entry.requestNo(), 1, Math::addExact);
    }
    if (!Lottery.listHash(list).equals(listSha256) || numbers.size() < entries.size())
      faults.add("LIST");
    List<Winner> drawn = new ArrayList<>();
    for (Lottery.Win win : Lottery.draw(secret, value, draw, list, prizes, wins))
      drawn.add(new Winner(win.place(), win.requestNo(), win.item(), win.score()));
    if (!drawn.equals(winners)) faults.add("WINNERS");
    return faults;
  }
}
