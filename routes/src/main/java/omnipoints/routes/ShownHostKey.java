package omnipoints.routes;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A read-only view of a known_hosts file that remembers which key the server showed. */
final class ShownHostKey implements HostKeyRepository {
  private final HostKeyRepository known;
  private String host;
  private byte[] key;

  ShownHostKey(HostKeyRepository known) {
    this.known = known;
  }

  @Override
  public int check(String asked, byte[] shown) {
    host = asked;
    key = shown.clone();
    return known.check(asked, shown);
  }

  /** Whether the server showed a key at all. */
  boolean isShown() {
    return key != null;
  }

  /**
   * Whether known_hosts has any key of this host, so that the shown one is a change and not news.
   */
  boolean isHostKnown() {
    return known.getHostKey(host, null) != null && known.getHostKey(host, null).length > 0;
  }

  /** {@code SHA256:…} as OpenSSH prints it. */
  String fingerprint() {
    return "SHA256:"
        + Base64.getEncoder().withoutPadding().encodeToString(Archive.sha256().digest(key));
  }

  /** The line that would make this key known. */
  String knownHostsLine() {
    ByteBuffer blob = ByteBuffer.wrap(key);
    byte[] type = new byte[Math.min(blob.getInt(), blob.remaining())];
    blob.get(type);
    return host
        + " "
        + FileName.printable(new String(type, StandardCharsets.US_ASCII))
        + " "
        + Base64.getEncoder().encodeToString(key);
  }

  @Override
  public void add(HostKey hostkey, UserInfo ui) {
    throw new UnsupportedOperationException("host keys are trusted by people, not by programs");
  }

  @Override
  public void remove(String asked, String type) {
    throw new UnsupportedOperationException("host keys are forgotten by people, not by programs");
  }

  @Override
  public void remove(String asked, String type, byte[] shown) {
    remove(asked, type);
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return known.getKnownHostsRepositoryID();
  }

  @Override
  public HostKey[] getHostKey() {
    return known.getHostKey();
  }

  @Override
  public HostKey[] getHostKey(String asked, String type) {
    return known.getHostKey(asked, type);
  }
}
