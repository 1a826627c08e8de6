package omnipoints.routes;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpProgressMonitor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands finished extracts over to a folder of an SFTP server: each file as {@code .part}, read back
 * and compared byte by byte, renamed; the manifest last. What was broken off goes on where it
 * stopped; what lies there already is not sent again.
 */
public final class SftpOutbox {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final int ROUNDS = 2;

  private final Path source;
  private final String folder;
  private final ChannelSftp server;
  private final StallGuard stall;
  private final List<String> sent;

  private SftpOutbox(
      Path source, String folder, ChannelSftp server, StallGuard stall, List<String> sent) {
    this.source = source;
    this.folder = folder;
    this.server = server;
    this.stall = stall;
    this.sent = sent;
  }

  /** It could not be handed over; {@code failure} says why and what to do. */
  public static final class Undelivered extends Exception {
    private static final long serialVersionUID = 1;
    private final transient SourceFailure failure;

    Undelivered(SourceFailure failure) {
      super(failure.text());
      this.failure = failure;
    }

    public SourceFailure failure() {
      return failure;
    }
  }

  /**
   * Delivers one extract folder. Repeating it changes nothing. Files of the target that are not in
   * the source stay.
   *
   * @param source the finished folder, flat
   * @param target the server; {@code remoteDir} must exist, the folder below it is made
   * @param name of the folder below {@code remoteDir}
   * @param secrets folder of the secret files
   * @param pause between attempts
   * @return names now in the target that had to be sent, in the order of sending
   * @throws Undelivered after three attempts, or after one where asking again would be wrong
   */
  public static List<String> deliver(
      Path source, SftpSource target, String name, Path secrets, Pause pause) throws Undelivered {
    List<String> sent = new ArrayList<>();
    Duration wait = FIRST_WAIT;
    for (int attempt = 1; ; attempt++) {
      SourceFailure failure = attempt(source, target, name, new Secrets(secrets), sent);
      if (failure == null) return sent;
      if (attempt == ATTEMPTS || !failure.kind().passing()) throw new Undelivered(failure);
      try {
        pause.await(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Undelivered(failure);
      }
      wait = wait.multipliedBy(2);
    }
  }

  private static SourceFailure attempt(
      Path source, SftpSource target, String name, Secrets secrets, List<String> sent) {
    SftpLogin login = new SftpLogin(target, secrets);
    try (login) {
      String folder = (target.remoteDir().isEmpty() ? "" : target.remoteDir() + "/") + name;
      new SftpOutbox(source, folder, login.open(), login.stall(), sent).send();
      return null;
    } catch (JSchException | SftpException | IOException | Secrets.Unusable e) {
      return SftpTroubles.of(target, secrets, login.shownHostKey(), login.stall().said(), e);
    }
  }

  private void send() throws SftpException, IOException {
    if (attributes(folder) == null) ask(() -> server.mkdir(folder));
    boolean told = false;
    for (Path file : Outbox.manifestLast(source)) {
      String name = file.getFileName().toString();
      String delivered = folder + "/" + name;
      if (holds(delivered, file)) continue;
      // Whoever sees a manifest sees all it names: an old one goes before what it names does.
      if (!told && attributes(folder + "/" + Outbox.MANIFEST) != null)
        ask(() -> server.rm(folder + "/" + Outbox.MANIFEST));
      told = true;
      upload(file, delivered + ".part");
      if (attributes(delivered) != null) ask(() -> server.rm(delivered));
      ask(() -> server.rename(delivered + ".part", delivered));
      sent.add(name);
    }
  }

  /** First behind what an attempt before has left there; where that is other bytes, anew. */
  private void upload(Path file, String part) throws SftpException, IOException {
    for (int round = 1; ; round++) {
      SftpATTRS begun = attributes(part);
      boolean goesOn = round == 1 && begun != null && begun.getSize() <= Files.size(file);
      try (InputStream in = Files.newInputStream(file)) {
        int mode = goesOn ? ChannelSftp.RESUME : ChannelSftp.OVERWRITE;
        ask(() -> server.put(in, part, new Taken(stall), mode));
      }
      if (holds(part, file)) return;
      if (round == ROUNDS)
        throw new IOException(
            "the copy of " + file.getFileName() + " on the server differs from it");
    }
  }

  /** Whether the server has a file of these very bytes there. */
  private boolean holds(String remote, Path file) throws SftpException, IOException {
    SftpATTRS there = attributes(remote);
    if (there == null || there.getSize() != Files.size(file)) return false;
    try (InputStream theirs = new BufferedInputStream(download(remote));
        InputStream ours = new BufferedInputStream(Files.newInputStream(file))) {
      for (int one = ours.read(); one >= 0; one = ours.read())
        if (theirs.read() != one) return false;
      return theirs.read() < 0;
    }
  }

  private interface Call {
    void to() throws SftpException;
  }

  private void ask(Call call) throws SftpException, IOException {
    stall.begin();
    try {
      call.to();
    } catch (SftpException e) {
      stall.end(0);
      throw e;
    }
    if (stall.end(StallGuard.ANSWER)) throw stall.tooSlow();
  }

  private InputStream download(String remote) throws SftpException {
    stall.begin();
    try {
      return new WatchedStream(server.get(remote), stall);
    } finally {
      stall.end(StallGuard.ANSWER);
    }
  }

  /** What the server took of a file so far; it has to go on taking. */
  private record Taken(StallGuard stall) implements SftpProgressMonitor {
    @Override
    public void init(int op, String src, String dest, long max) {
      // Waiting began before.
    }

    @Override
    public boolean count(long bytes) {
      stall.end(bytes);
      stall.begin();
      return true;
    }

    @Override
    public void end() {
      // The call ends with its answer.
    }
  }

  private SftpATTRS attributes(String remote) throws SftpException {
    stall.begin();
    try {
      return server.lstat(remote);
    } catch (SftpException e) {
      if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) return null;
      throw e;
    } finally {
      stall.end(StallGuard.ANSWER);
    }
  }
}
