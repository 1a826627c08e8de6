package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who wins a draw, as everybody can work out who knows the secret of the home. */
final class YearDraw {
  private static final String KEY =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  private YearDraw() {}

  /**
   * Requests by score, one prize a member.
   *
   * @param entrants who stands behind each entry
   */
  static List<String> winners(
      Told.Value value, List<String> list, Map<String, String> entrants, int prizes) {
    byte[] seed = hmac(HexFormat.of().parseHex(KEY), value.draw());
    List<String> byScore = new ArrayList<>(list);
    byScore.sort(
        Comparator.comparing(
            no ->
                HexFormat.of()
                    .formatHex(hmac(seed, value.value() + "\n" + value.draw() + "\n" + no))));
    List<String> winners = new ArrayList<>();
    Set<String> won = new HashSet<>();
    for (String no : byScore)
      if (winners.size() < prizes && won.add(entrants.get(no))) winners.add(no);
    return winners;
  }

  static byte[] sha(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
