package omnipoints.facts;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** The content of an order that several rows of one delivery state together. */
final class ContentHash {

  private static final int BYTES = 16;

  private ContentHash() {}

  /** That of the rows where they all say the same, else a hash over what they say. */
  static byte[] ofAll(List<byte[]> contents) {
    List<byte[]> sorted = contents.stream().sorted(Arrays::compareUnsigned).toList();
    byte[] first = sorted.get(0);
    if (Arrays.equals(first, sorted.get(sorted.size() - 1))) return first;
    MessageDigest sha256 = Sha256.digest();
    byte[] before = null;
    for (byte[] content : sorted) {
      if (!Arrays.equals(content, before)) sha256.update(content);
      before = content;
    }
    return Arrays.copyOf(sha256.digest(), BYTES);
  }
}
