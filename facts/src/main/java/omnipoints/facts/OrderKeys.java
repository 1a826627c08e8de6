package omnipoints.facts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The 128-bit key of an order: 64 bits of SHA-256 over (channel, number), then 64 bits over
 * (channel, shop, number). Orders of one number lie together whatever their shop; the stored number
 * is always compared. The function {@code order_key} of the database is the same. Not thread-safe.
 */
public final class OrderKeys {

  private final MessageDigest sha256;

  /** One for each thread. */
  public OrderKeys() {
    sha256 = Sha256.digest();
  }

  /** The key of an order of a shop. */
  public UUID of(String channel, String shop, String order) {
    byte[] number = order.getBytes(StandardCharsets.UTF_8);
    return new UUID(group(channel, number), half(channel, shop, number));
  }

  /** The first half: what all orders of a number share. */
  public long group(String channel, String order) {
    return group(channel, order.getBytes(StandardCharsets.UTF_8));
  }

  private long group(String channel, byte[] order) {
    part(channel);
    return ByteBuffer.wrap(sha256.digest(order)).getLong();
  }

  private long half(String channel, String shop, byte[] order) {
    part(channel);
    part(shop);
    return ByteBuffer.wrap(sha256.digest(order)).getLong();
  }

  private void part(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
  }
}
