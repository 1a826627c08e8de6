package omnipoints.facts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The 128-bit key of an order: the first half of SHA-256 over (channel, shop, order). Not
 * thread-safe.
 */
public final class OrderKeys {

  private final MessageDigest sha256;

  /** One for each thread. */
  public OrderKeys() {
    sha256 = Sha256.digest();
  }

  /** The key of an order of a shop. */
  public UUID of(String channel, String shop, String order) {
    sha256.update(channel.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    sha256.update(shop.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(order.getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong(), hash.getLong());
  }
}
