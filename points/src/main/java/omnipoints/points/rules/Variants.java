package omnipoints.points.rules;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import omnipoints.facts.Sha256;

/**
 * An experiment: every member is in one variant for good, by a hash of his id alone.
 *
 * @param key tells one experiment from another: the same members fall otherwise under another key
 * @param shares of the members, by variant; together 1
 */
record Variants(String key, SortedMap<String, Rational> shares) {
  private static final int BITS = 64;

  /** Null where there is no experiment. */
  static Variants read(Node variants) {
    if (variants.value().isMissingNode()) return null;
    var shares = new TreeMap<String, Rational>();
    Rational sum = Rational.ZERO;
    for (var share : variants.at("shares").members().entrySet()) {
      Rational part = share.getValue().factor();
      shares.put(share.getKey(), part);
      sum = sum.plus(part);
    }
    if (!sum.equals(Rational.ONE))
      variants.at("shares").problem("add up to " + sum + "; make them add up to 1");
    return new Variants(variants.at("key").text(), shares);
  }

  /**
   * The variant of a member: the first 8 bytes of SHA-256({@code <key>} LF {@code <member>}),
   * unsigned and divided by 2^64, against the shares added up in the order of their names.
   *
   * @param member the id the account was born with
   */
  String of(String member) {
    byte[] hash = Sha256.digest().digest((key + "\n" + member).getBytes(StandardCharsets.UTF_8));
    byte[] head = new byte[8];
    System.arraycopy(hash, 0, head, 0, 8);
    BigInteger place = new BigInteger(1, head);
    Rational end = Rational.ZERO;
    for (var share : shares.entrySet()) {
      end = end.plus(share.getValue());
      // place ÷ 2^64 < end
      if (place.multiply(end.denominator()).compareTo(end.numerator().shiftLeft(BITS)) < 0)
        return share.getKey();
    }
    return shares.lastKey();
  }

  Said said() {
    List<Said> each = new ArrayList<>();
    shares.forEach(
        (variant, share) -> each.add(new Said(variant + " 组 " + share, variant + " " + share)));
    return new Said(
            "试验 " + key + "：会员按编号随机分为 ",
            "experiment " + key + ": members are split by chance into ")
        .then(Said.joined(each, new Said("、", ", ")));
  }
}
