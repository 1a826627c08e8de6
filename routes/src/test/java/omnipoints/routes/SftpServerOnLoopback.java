package omnipoints.routes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** A real SFTP server in this process, with faults to switch on. */
final class SftpServerOnLoopback implements AutoCloseable {
  static final String USER = "partner";
  static final String PASSWORD = "canary-Pa55w0rd-七";

  final Path root;
  final AtomicInteger loginsTried = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger downloads = new AtomicInteger();

  /** Bytes that clients were given. */
  final AtomicLong bytesRead = new AtomicLong();

  /** Bytes that clients have sent. */
  final AtomicLong bytesWritten = new AtomicLong();

  /** The server lists the file of the key under the name of the value. */
  final Map<String, String> listedAs = new ConcurrentHashMap<>();

  /** So many downloads end after half of the bytes, without an error. */
  final AtomicInteger downloadsToCut = new AtomicInteger();

  /** So many connections are dropped as soon as they are made. */
  final AtomicInteger connectionsToDrop = new AtomicInteger();

  /** So many sessions are dropped when a download begins. */
  final AtomicInteger downloadsToDrop = new AtomicInteger();

  /** Nothing may be removed. */
  volatile boolean readOnly;

  private final AtomicLong packets = new AtomicLong();
  private volatile long breakAt = Long.MAX_VALUE;
  private volatile PacketFault packetFault;
  private volatile boolean packetFaultStays;

  /** What the world does when a download begins. */
  volatile Runnable onDownload = () -> {};

  private final SshServer server = SshServer.setUpDefaultServer();
  private volatile KeyPair hostKey = keyPair("EC", 256);
  private volatile PublicKey authorized;

  SftpServerOnLoopback(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    server.setHost("127.0.0.1");
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    server.setKeyPairProvider(session -> List.of(hostKey));
    server.setPasswordAuthenticator(
        (user, password, session) -> {
          loginsTried.incrementAndGet();
          return user.equals(USER) && password.equals(PASSWORD);
        });
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals(USER) && authorized != null && KeyUtils.compareKeys(key, authorized));
    server.addSessionListener(new Connections());
    SftpSubsystemFactory sftp = new Subsystems();
    sftp.setFileSystemAccessor(new Faults());
    sftp.addSftpEventListener(new Removals());
    server.setSubsystemFactories(List.of(sftp));
    server.start();
  }

  int port() {
    return server.getPort();
  }

  /** The line a known_hosts file needs for this server. */
  String knownHostsLine() {
    return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey.getPublic());
  }

  /** As OpenSSH prints it: {@code SHA256:…}. */
  String fingerprint() {
    return KeyUtils.getFingerPrint(hostKey.getPublic());
  }

  void changeHostKey(String algorithm, int bits) {
    hostKey = keyPair(algorithm, bits);
  }

  /** Lets a new key in and returns it as ssh-keygen would write it. */
  String authorizeNewKey(String algorithm, int bits) {
    KeyPair pair = keyPair(algorithm, bits);
    authorized = pair.getPublic();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "partner", null, file);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return file.toString(StandardCharsets.US_ASCII);
  }

  Path put(String name, String content) {
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root)) {
      throw new IllegalArgumentException("outside of the server: " + name);
    }
    return Scene.write(file, content);
  }

  Path putDone(String name, String content) {
    put(name + ".done", "");
    return put(name, content);
  }

  List<String> files() {
    return Scene.files(root);
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  /** What becomes of a packet. */
  enum PacketFault {
    /** It is lost with its connection. */
    LOST,
    /** It is carried out, and the connection is gone before the answer. */
    UNANSWERED,
    /** It is answered with a failure and not carried out. */
    REFUSED
  }

  /**
   * The n-th packet from now on, 1 the next, meets a fault.
   *
   * @param stays so does every packet after it, on whatever connection, until {@link #mend}
   */
  void breakAt(long n, PacketFault fault, boolean stays) {
    packets.set(0);
    packetFault = fault;
    packetFaultStays = stays;
    breakAt = n;
  }

  void mend() {
    breakAt = Long.MAX_VALUE;
  }

  /** How many packets there were since {@link #breakAt}. */
  long packets() {
    return packets.get();
  }

  private final class Subsystems extends SftpSubsystemFactory {
    @Override
    public Command createSubsystem(ChannelSession channel) throws IOException {
      SftpSubsystem subsystem = new Packets(channel, this);
      getRegisteredListeners().forEach(subsystem::addSftpEventListener);
      return subsystem;
    }
  }

  private final class Packets extends SftpSubsystem {
    Packets(ChannelSession channel, SftpSubsystemFactory factory) {
      super(channel, factory);
    }

    @Override
    protected void doProcess(Buffer buffer, int length, int type, int id) throws IOException {
      long n = packets.incrementAndGet();
      boolean broken = packetFaultStays ? n >= breakAt : n == breakAt;
      if (!broken) {
        super.doProcess(buffer, length, type, id);
        return;
      }
      switch (packetFault) {
        case REFUSED ->
            sendStatus(prepareReply(buffer), id, SftpConstants.SSH_FX_FAILURE, "broken");
        case LOST -> getServerSession().close(true);
        case UNANSWERED -> {
          silent = true;
          super.doProcess(buffer, length, type, id);
          getServerSession().close(true);
        }
      }
    }

    private boolean silent;

    @Override
    protected void send(Buffer buffer) throws IOException {
      if (!silent) super.send(buffer);
    }
  }

  private static KeyPair keyPair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean one(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private final class Connections implements SessionListener {
    @Override
    public void sessionCreated(Session session) {
      connections.incrementAndGet();
      if (one(connectionsToDrop)) {
        session.close(true);
      }
    }
  }

  private final class Removals implements SftpEventListener {
    @Override
    public void read(
        ServerSession session,
        String remoteHandle,
        FileHandle localHandle,
        long offset,
        byte[] data,
        int dataOffset,
        int dataLen,
        int readLen,
        Throwable thrown) {
      bytesRead.addAndGet(Math.max(0, readLen));
    }

    @Override
    public void written(
        ServerSession session,
        String remoteHandle,
        FileHandle localHandle,
        long offset,
        byte[] data,
        int dataOffset,
        int dataLen,
        Throwable thrown) {
      bytesWritten.addAndGet(dataLen);
    }

    @Override
    public void removing(ServerSession session, Path path, boolean isDirectory) throws IOException {
      if (readOnly) {
        throw new AccessDeniedException(path.toString());
      }
    }
  }

  private final class Faults implements SftpFileSystemAccessor {
    @Override
    public SeekableByteChannel openFile(
        SftpSubsystemProxy subsystem,
        FileHandle fileHandle,
        Path file,
        String handle,
        Set<? extends OpenOption> options,
        FileAttribute<?>... attributes)
        throws IOException {
      if (!file.toString().endsWith(".done")) {
        downloads.incrementAndGet();
        onDownload.run();
        if (one(downloadsToDrop)) {
          subsystem.getServerSession().close(true);
        }
        if (one(downloadsToCut)) {
          byte[] whole = Files.readAllBytes(file);
          Path half = Files.createTempFile(root.getParent(), "half", "");
          return Files.newByteChannel(Files.write(half, Arrays.copyOf(whole, whole.length / 2)));
        }
      }
      return SftpFileSystemAccessor.super.openFile(
          subsystem, fileHandle, file, handle, options, attributes);
    }

    @Override
    public void putRemoteFileName(
        SftpSubsystemProxy subsystem, Path path, Buffer buffer, String name, boolean shortName)
        throws IOException {
      SftpFileSystemAccessor.super.putRemoteFileName(
          subsystem, path, buffer, shortName ? listedAs.getOrDefault(name, name) : name, shortName);
    }
  }
}
