package omnipoints.routes;

import java.util.Objects;

/**
 * One flat directory of an SFTP server, for one shop of a channel. Secrets are files of {@code
 * home/secrets} and are named here, never held: this record may be printed.
 *
 * @param channel channel code
 * @param shop shop code, or null when the rows or the mapping tell
 * @param host host name or address
 * @param port TCP port, usually 22
 * @param user login name
 * @param credential which secret file logs in
 * @param knownHosts name of the known_hosts file in {@code home/secrets}; the server's key must be
 *     in it
 * @param remoteDir directory to list; absolute, or relative to the login directory; {@code ""} is
 *     the login directory
 * @param after what happens to a file on the server once it is archived and registered
 */
public record SftpSource(
    String channel,
    String shop,
    String host,
    int port,
    String user,
    Credential credential,
    String knownHosts,
    String remoteDir,
    After after,
    Patience patience)
    implements Transport {

  public SftpSource {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(knownHosts, "knownHosts");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(patience, "patience");
    remoteDir = remoteDir == null ? "" : remoteDir;
  }

  /**
   * What happens to a file on the server. KEEP suits read-only accounts: it is fetched again and is
   * a duplicate.
   */
  public enum After {
    KEEP,
    DELETE
  }

  /** How to log in; {@code file} is the name of a file in {@code home/secrets}. */
  public sealed interface Credential {
    String file();

    /** The file holds the password, UTF-8, one line. */
    record PasswordFile(String file) implements Credential {}

    /** The file holds an unencrypted private key, OpenSSH or PEM. */
    record PrivateKeyFile(String file) implements Credential {}
  }
}
