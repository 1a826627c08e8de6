package omnipoints.routes;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;

/**
 * One connection to an SFTP server that is written to. The password goes from its file to JSch and
 * nowhere else; the server's key must be in known_hosts.
 */
final class SftpLogin implements AutoCloseable {
  private final SftpSource target;
  private final Secrets secrets;
  private final StallGuard stall;
  private ShownHostKey shownHostKey;
  private volatile Session session;

  SftpLogin(SftpSource target, Secrets secrets) {
    this.target = target;
    this.secrets = secrets;
    this.stall = new StallGuard(target.patience(), this::close);
  }

  ChannelSftp open() throws JSchException {
    JSch jsch = new JSch();
    jsch.setKnownHosts(secrets.file(target.knownHosts()).toString());
    session = jsch.getSession(target.user(), target.host(), target.port());
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("MaxAuthTries", "1");
    if (target.credential() instanceof SftpSource.Credential.PasswordFile file) {
      session.setUserInfo(new PasswordLogin(secrets.password(file.file())));
      session.setConfig("PreferredAuthentications", "password,keyboard-interactive");
    } else {
      jsch.addIdentity(secrets.existing(target.credential().file()).toString());
      session.setConfig("PreferredAuthentications", "publickey");
    }
    shownHostKey = new ShownHostKey(session.getHostKeyRepository());
    session.setHostKeyRepository(shownHostKey);
    session.setTimeout(Math.toIntExact(target.patience().silence().toMillis()));
    session.connect(Math.toIntExact(target.patience().connect().toMillis()));
    ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
    channel.connect(Math.toIntExact(target.patience().connect().toMillis()));
    return channel;
  }

  /** Cuts the connection where the server is too slow. */
  StallGuard stall() {
    return stall;
  }

  /** The key the server showed, or null if it came not so far. */
  ShownHostKey shownHostKey() {
    return shownHostKey;
  }

  @Override
  public void close() {
    Session current = session;
    if (current != null) current.disconnect();
  }
}
