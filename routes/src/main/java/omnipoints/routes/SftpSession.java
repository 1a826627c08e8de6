package omnipoints.routes;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpProgressMonitor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.files.Junk;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.FtpConstants;
import org.apache.camel.component.file.remote.RemoteFile;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/**
 * Camel's SFTP operations made safe: the password goes from its file to JSch and nowhere else, the
 * host key a server shows is remembered for the error text, and names are taken literally where
 * JSch would read patterns into them (removing a file called {@code *} would empty the directory).
 */
@SuppressWarnings("rawtypes") // SftpRemoteFile is raw in Camel's own signatures
final class SftpSession extends SftpOperations {
  private final SftpSource source;
  private final Secrets secrets;
  private final Watch watch;
  private final Map<String, SftpRemoteFile> listing = new HashMap<>();
  private GenericFileEndpoint<SftpRemoteFile> endpoint;
  private final StallGuard stall;
  private ShownHostKey shownHostKey;
  private volatile Session session;

  SftpSession(SftpSource source, Secrets secrets, Watch watch) {
    this.source = source;
    this.secrets = secrets;
    this.watch = watch;
    this.stall = new StallGuard(source.patience(), this::cut);
  }

  private void cut() {
    // Not forceDisconnect: that waits for the lock the stalled call holds.
    Session current = session;
    if (current != null) {
      current.disconnect();
    }
  }

  /** Why the connection was given up although it was alive, null if it was not. */
  String stalledOrNull() {
    return stall.said();
  }

  /** The key the server showed in the last connection attempt, or null if it came not so far. */
  ShownHostKey shownHostKey() {
    return shownHostKey;
  }

  @Override
  public void setEndpoint(GenericFileEndpoint<SftpRemoteFile> endpoint) {
    super.setEndpoint(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
    SftpConfiguration sftp = (SftpConfiguration) configuration;
    String password = null;
    shownHostKey = null;
    sftp.setKnownHostsFile(secrets.file(source.knownHosts()).toString());
    if (source.credential() instanceof SftpSource.Credential.PasswordFile file) {
      password = secrets.password(file.file());
      sftp.setPreferredAuthentications("password,keyboard-interactive");
    } else {
      sftp.setPrivateKeyFile(secrets.existing(source.credential().file()).toString());
      sftp.setPreferredAuthentications("publickey");
    }
    stall.reset();
    session = super.createSession(configuration);
    session.setUserInfo(new PasswordLogin(password));
    // JSch repeats a refused password up to six times, which is how accounts get locked.
    session.setConfig("MaxAuthTries", "1");
    shownHostKey = new ShownHostKey(session.getHostKeyRepository());
    session.setHostKeyRepository(shownHostKey);
    return session;
  }

  /** Lists a directory; what cannot be addressed safely is told and left out. */
  @Override
  public SftpRemoteFile[] listFiles(String path) {
    List<SftpRemoteFile> usable = new ArrayList<>();
    listing.clear();
    for (SftpRemoteFile file : stall.during(() -> super.listFiles(literal(path)))) {
      String name = file.getFilename();
      if (Junk.is(name) && !FileName.isMarker(name)) {
        // Told here, because Camel shows no filter a name that begins with a dot.
        if (!file.isDirectory() && !name.equals("."))
          watch.leave(Notice.junk(source.channel(), source.shop(), FileName.printable(name)));
      } else if (isAddressable(name)) {
        listing.put(name, file);
        usable.add(file);
      } else {
        watch.leave(
            new Notice(
                Notice.Kind.EVIL_NAME,
                source.channel(),
                source.shop(),
                FileName.printable(name),
                "the server lists a name that does not name a file in its directory; it is not fetched and not removed",
                "ask the partner to rename it"));
      }
    }
    return usable.toArray(SftpRemoteFile[]::new);
  }

  private static boolean isAddressable(String name) {
    return name.equals(".")
        || name.equals("..")
        || !name.isEmpty()
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0 || c == 0xFFFD);
  }

  @Override
  public boolean retrieveFile(String name, Exchange exchange, long size) {
    boolean retrieved = stall.during(() -> super.retrieveFile(literal(name), exchange, size));
    exchange
        .getIn()
        .setHeader(
            FtpConstants.REMOTE_FILE_INPUT_STREAM,
            new WatchedStream(
                exchange
                    .getIn()
                    .getHeader(FtpConstants.REMOTE_FILE_INPUT_STREAM, InputStream.class),
                stall));
    return retrieved;
  }

  @Override
  public boolean deleteFile(String name) {
    return stall.during(() -> super.deleteFile(literal(name)));
  }

  /** What the last listing said about the marker of a file. */
  Marker marker(String name, String path) throws IOException {
    SftpRemoteFile marker = listing.get(name + Marker.SUFFIX);
    if (marker == null || marker.isDirectory()) {
      return Marker.NONE;
    }
    return marker.getFileLength() == 0 ? Marker.COMPLETE : Marker.parse(read(path + Marker.SUFFIX));
  }

  private byte[] read(String path) throws IOException {
    Exchange exchange = endpoint.createExchange();
    exchange.setProperty(FileComponent.FILE_EXCHANGE_FILE, new RemoteFile<SftpRemoteFile>());
    retrieveFile(path, exchange, Marker.BYTES_MAX);
    try (InputStream in =
        exchange.getIn().getHeader(FtpConstants.REMOTE_FILE_INPUT_STREAM, InputStream.class)) {
      return in.readNBytes(Marker.BYTES_MAX + 1);
    }
  }

  /** How the file looks now, or null if it is gone. */
  Fingerprint look(String path) {
    listFiles(source.remoteDir());
    SftpRemoteFile file = listing.get(path.substring(path.lastIndexOf('/') + 1));
    return file == null ? null : fingerprint(file);
  }

  /**
   * The rest of a file whose download broke off, by a channel of its own, connected anew if need
   * be.
   *
   * @return null if the file is not the one it was, or the server cannot be asked
   */
  InputStream rest(String path, long offset, Fingerprint was) {
    if (stall.isStalled()) return null;
    try {
      if (!session.isConnected()) {
        forceDisconnect();
        connect((RemoteFileConfiguration) endpoint.getConfiguration(), endpoint.createExchange());
      }
      if (!was.equals(look(path))) return null;
      ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
      channel.connect(Math.toIntExact(source.patience().connect().toMillis()));
      InputStream rest = channel.get(literal(path), (SftpProgressMonitor) null, offset);
      return new WatchedStream(
          new FilterInputStream(rest) {
            @Override
            public void close() throws IOException {
              try (rest) {
                // The channel is nobody else's.
              } finally {
                channel.disconnect();
              }
            }
          },
          stall);
    } catch (JSchException | SftpException | RuntimeException e) {
      // What broke the download is told, not what came after it.
      return null;
    }
  }

  static Fingerprint fingerprint(SftpRemoteFile file) {
    return new Fingerprint(file.getFileLength(), Long.toString(file.getLastModified()), "");
  }

  static boolean isLink(SftpRemoteFile file) {
    return file.getRemoteFile() instanceof ChannelSftp.LsEntry entry && entry.getAttrs().isLink();
  }

  private static String literal(String path) {
    return path.replaceAll("[\\\\*?]", "\\\\$0");
  }
}
