package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import omnipoints.facts.Token;

/**
 * Turns tokens into what the database may hold: a keyed hash to match by, and a form to show.
 *
 * <p>The hash is HMAC-SHA-256 over kind, channel and value under a key of the home that never
 * enters the database, so that a copy of the tables cannot be searched for eleven-digit numbers.
 * Not thread-safe.
 */
public final class Tokens {

  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final Mac mac;

  private Tokens(byte[] key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads the key of a home.
   *
   * @throws NightRefused exit 2 when the key is missing: without it no member can be found again
   */
  public static Tokens of(Home home) {
    Path file = home.secrets().resolve("token.key");
    try {
      return new Tokens(HexFormat.of().parseHex(Files.readString(file).strip()));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new NightRefused(
          2,
          "NO_TOKEN_KEY",
          "secrets/token.key is missing; without it members cannot be recognised",
          List.of("restore secrets/token.key of this home from its backup"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Thirty-two bytes; equal for equal tokens of one home only. */
  public byte[] hash(Token token) {
    mac.update(token.kind().getBytes(StandardCharsets.UTF_8));
    mac.update((byte) '\n');
    mac.update(token.channel().getBytes(StandardCharsets.UTF_8));
    mac.update((byte) '\n');
    return mac.doFinal(token.value().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A voucher's code: sixteen letters and digits that nobody takes for one another. A rerun hands
   * out the same; without the key of the home nobody finds it.
   *
   * @param k of several of one redemption
   */
  public String voucher(String requestNo, int k) {
    for (String word : List.of("code of a voucher", requestNo, Integer.toString(k))) {
      mac.update(word.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) '\n');
    }
    byte[] hash = mac.doFinal();
    var code = new StringBuilder();
    for (int i = 0; i < 16; i++) code.append(LETTERS.charAt(hash[i] & 31));
    return code.toString();
  }

  /** The secret of a draw. */
  public byte[] seed(String draw) {
    return mac.doFinal(draw.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The number of something a person asked for by hand: twelve digits of the keyed hash of what it
   * says. The same wish of the same moment has the same number, and nobody who reads the number in
   * the books finds the phone in it by trying them all.
   */
  public String number(String... says) {
    for (String word : says) {
      mac.update(word.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) '\n');
    }
    return HexFormat.of().formatHex(mac.doFinal()).substring(0, 12);
  }
}
