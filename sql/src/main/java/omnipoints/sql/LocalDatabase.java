package omnipoints.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The PostgreSQL of a home directory. It runs detached: it outlives the command that started it,
 * and every later command connects to it. Data in {@code db/data}, password in {@code
 * secrets/database.password}, where it listens in {@code db/server.json}, its log in {@code
 * logs/database.log}; all for the owner only. Survives being copied while stopped.
 *
 * <p>Safe to use from several processes at once.
 */
public final class LocalDatabase {

  private static final String NAME = ServerProbe.NAME;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int PORTS_TRIED = 5;
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Map<Path, ReentrantLock> STARTING = new ConcurrentHashMap<>();

  private final Path home;
  private final Path db;
  private final Path data;
  private final boolean durable;
  private final boolean replicas;

  private LocalDatabase(Path home, boolean durable, boolean replicas) {
    this.home = home.toAbsolutePath().normalize();
    this.db = this.home.resolve("db");
    this.data = db.resolve("data");
    this.durable = durable;
    this.replicas = replicas;
  }

  /** Touches nothing yet. */
  public static LocalDatabase in(Path home) {
    return new LocalDatabase(home, true, false);
  }

  /** The same, started so that others may copy its log: a night writes twice as much of it. */
  public LocalDatabase withReplicas() {
    return new LocalDatabase(home, durable, true);
  }

  /** For tests whose data nobody misses after a power cut. */
  static LocalDatabase volatileIn(Path home) {
    return new LocalDatabase(home, false, false);
  }

  /**
   * A running server.
   *
   * @param version e.g. {@code 18.6}
   * @param data its directory
   */
  public record Server(int port, long pid, String version, String data) {}

  /**
   * Returns the running server, or starts one. The first start creates the database.
   *
   * @throws DatabaseUnreachable it cannot be started; says why and what to do
   */
  public Server start() {
    return running().orElseGet(() -> locked(() -> running().orElseGet(this::launch)));
  }

  /** Whether it was ever started: else there is nothing in it. */
  public boolean exists() {
    return Files.exists(data.resolve("PG_VERSION"));
  }

  /**
   * The running server, if one runs; adopts one whose {@code server.json} is lost, waits for one
   * that is starting. Never starts one.
   *
   * @throws DatabaseUnreachable a server runs that cannot be used; says why and what to do
   */
  public Optional<Server> running() {
    if (!exists()) return Optional.empty();
    Optional<Integer> written = portOfServerFile();
    if (written.isPresent() && probe().ask(written.get()) == ServerProbe.Answer.OURS) {
      return Optional.of(describe(written.get()));
    }
    Optional<Server> server = adopt();
    server.ifPresent(this::writeServerFile);
    return server;
  }

  /**
   * Stops it; sessions still open are ended and their transactions rolled back.
   *
   * @return false if none was running
   * @throws DatabaseUnreachable what runs is not the database of this home, or it does not stop
   */
  public boolean stop() {
    if (!Files.isDirectory(data)) return false;
    return locked(
        () -> {
          Optional<PostmasterPid> postmaster = postmaster();
          if (postmaster.isPresent()) {
            PostmasterPid server = postmaster.get();
            if (probe().ask(server.port()) == ServerProbe.Answer.OTHER) throw foreign(server);
            Shell.run(List.of("kill", "-INT", Long.toString(server.pid())), null);
            await("stop", () -> postmaster().isEmpty());
          }
          delete(serverFile());
          return postmaster.isPresent();
        });
  }

  /**
   * JDBC URL of the running server with user and password, starting it if needed.
   *
   * @throws DatabaseUnreachable as {@link #start()}
   */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:"
        + start().port()
        + "/"
        + NAME
        + "?user="
        + NAME
        + "&password="
        + password();
  }

  // ---- finding it

  private Optional<Integer> portOfServerFile() {
    try {
      JsonNode port = JsonMapper.shared().readTree(Files.readString(serverFile())).get("port");
      return port == null || !port.isInt() ? Optional.empty() : Optional.of(port.asInt());
    } catch (IOException | JacksonException e) {
      return Optional.empty(); // absent, or torn by a crash: the data directory knows better
    }
  }

  private Optional<PostmasterPid> postmaster() {
    return PostmasterPid.in(data).filter(PostmasterPid::alive);
  }

  /**
   * Follows {@code postmaster.pid}; waits while that server is starting (recovering from a crash)
   * or stopping.
   */
  private Optional<Server> adopt() {
    var found = new AtomicReference<Optional<Server>>();
    await(
        "become ready",
        () -> {
          Optional<PostmasterPid> postmaster = postmaster();
          if (postmaster.isEmpty()) {
            found.set(Optional.empty());
          } else if (postmaster.get().port() != 0) {
            int port = postmaster.get().port();
            switch (probe().ask(port)) {
              case OURS -> found.set(Optional.of(describe(port)));
              case OTHER -> throw foreign(postmaster.get());
              case DISK_FULL -> throw diskFull();
              case NOTHING -> {}
            }
          }
          return found.get() != null;
        });
    return found.get();
  }

  private DatabaseUnreachable foreign(PostmasterPid postmaster) {
    return new DatabaseUnreachable(
        "process "
            + postmaster.pid()
            + " runs a database that is not the one of "
            + db
            + ": either this home was copied while its database was running, or "
            + home.relativize(passwordFile())
            + " does not belong to it",
        List.of(
            "stop the other home's database with ./omnipoints db stop --home OTHER and copy it again"));
  }

  private ServerProbe probe() {
    return new ServerProbe(data, password());
  }

  private Server describe(int port) {
    long pid = PostmasterPid.in(data).map(PostmasterPid::pid).orElse(0L);
    return new Server(port, pid, PostgresBinaries.version(), data.toString());
  }

  // ---- starting it

  private Server launch() {
    try {
      Launch launch = Launch.onThisMachine();
      ownDirectory(db);
      ownDirectory(home.resolve("secrets"));
      ownDirectory(home.resolve("logs"));
      if (!exists()) create(launch);
      refuseOtherMajor();
      password(); // without it the server would start for nobody
      ownDirectory(data);
      Files.setPosixFilePermissions(passwordFile(), FILE);
      launch.own(data);
      if (PostmasterPid.in(data).isPresent()) PostmasterPid.disown(data);
      String output = "";
      for (int i = 0; i < PORTS_TRIED; i++) {
        int port = freePort();
        write(data.resolve("pg_hba.conf"), ServerSettings.ACCESS);
        ServerSize size = durable ? ServerSize.ofThisMachine() : ServerSize.SMALL;
        write(data.resolve("postgresql.conf"), ServerSettings.of(port, durable, replicas, size));
        launch.own(data.resolve("postgresql.conf"));
        output = startServer(launch);
        Optional<Server> server = running();
        if (server.isPresent()) return server.get();
        if (!output.contains("could not bind") && !output.contains("could not create any TCP/IP"))
          break;
      }
      throw cannotStart(output);
    } catch (IOException e) {
      throw diskTrouble(e);
    }
  }

  private void create(Launch launch) throws IOException {
    Path half = db.resolve("data.new");
    PostgresBinaries.deleteTree(half);
    ownDirectory(half);
    launch.own(half);
    if (!Files.exists(passwordFile())) writeSecret(passwordFile(), newPassword());
    // Not the file in the home: who is no longer root may not be able to walk there.
    Path secret = Files.createTempFile("omnipoints", ".password");
    try {
      writeSecret(secret, password());
      launch.own(secret);
      List<String> arguments =
          List.of(
              "-c",
              // The password of a server of tests guards nothing, and a login hashes it so many
              // times.
              "scram_iterations=" + (durable ? 4096 : 1),
              "-D",
              launch.dataDirectory(half),
              "-U",
              NAME,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "-E",
              "UTF8",
              "--locale=C",
              "--no-instructions");
      Shell.Result result = Shell.run(launch.command("initdb", arguments), half);
      if (result.exit() != 0) throw cannotStart(result.output());
    } finally {
      delete(secret);
    }
    Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(db, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void refuseOtherMajor() throws IOException {
    String major = Files.readString(data.resolve("PG_VERSION")).strip();
    if (major.equals(Integer.toString(PostgresBinaries.major()))) return;
    throw new DatabaseUnreachable(
        "the data in "
            + data
            + " were written by PostgreSQL "
            + major
            + ", this OmniPoints brings "
            + PostgresBinaries.major(),
        List.of(
            "use the OmniPoints that wrote them, or move them with pg_dump and pg_restore to a server of your own"
                + " and set database.url in omnipoints.yaml"));
  }

  /** Starts it in a session of its own and waits until it is ready; returns what it logged. */
  private String startServer(Launch launch) throws IOException {
    Path log = log();
    long before = Files.exists(log) ? Files.size(log) : 0;
    List<String> arguments =
        List.of("start", "-w", "-s", "-t", "600", "-D", launch.dataDirectory(data));
    // Not read through a pipe: the server inherits its output and lives on.
    Process process =
        Shell.prepared(launch.command("pg_ctl", arguments), data)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.setPosixFilePermissions(log, FILE);
    try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
      var tail =
          java.nio.ByteBuffer.allocate(
              (int) Math.min(64_000, Math.max(0, channel.size() - before)));
      channel.read(tail, before);
      return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private DatabaseUnreachable cannotStart(String output) {
    if (output.contains("No space left on device") || output.contains("wrote only"))
      return diskFull();
    if (output.contains("shared libraries") || output.contains("Library not loaded")) {
      return new DatabaseUnreachable(
          "the bundled PostgreSQL misses a system library: " + lastLine(output),
          List.of("install that library, or set database.url in omnipoints.yaml"));
    }
    return new DatabaseUnreachable(
        "the local database did not start: " + lastLine(output),
        List.of("read " + log() + ", remove the cause, then ./omnipoints db start"));
  }

  private static String lastLine(String output) {
    List<String> lines = output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.stream()
        .filter(
            line -> line.contains("FATAL") || line.contains("error") || line.contains("could not"))
        .findFirst()
        .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
  }

  private DatabaseUnreachable diskFull() {
    return new DatabaseUnreachable(
        "the disk of " + db + " is full", List.of("free disk space, then ./omnipoints db start"));
  }

  private DatabaseUnreachable diskTrouble(IOException e) {
    if (String.valueOf(e.getMessage()).contains("No space left on device")) return diskFull();
    return new DatabaseUnreachable(
        "the local database could not be prepared in "
            + db
            + ": "
            + e.getClass().getSimpleName()
            + " "
            + e.getMessage(),
        List.of("make that directory writable for this user, then ./omnipoints db start"));
  }

  // ---- files

  private Path serverFile() {
    return db.resolve("server.json");
  }

  private Path passwordFile() {
    return home.resolve("secrets/database.password");
  }

  private Path log() {
    return home.resolve("logs/database.log");
  }

  private String password() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (NoSuchFileException e) {
      throw new DatabaseUnreachable(
          passwordFile() + " is missing, without it nobody can log in to the local database",
          List.of("restore that file from a backup of the home directory"));
    } catch (IOException e) {
      throw diskTrouble(e);
    }
  }

  private static String newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * Makes the directory, or takes back the rights of others: a plain copy of a home gives them
   * some.
   */
  private static void ownDirectory(Path directory) throws IOException {
    Files.createDirectories(directory.getParent());
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    } catch (FileAlreadyExistsException e) {
      if (!Files.getPosixFilePermissions(directory).equals(DIRECTORY)) {
        Files.setPosixFilePermissions(directory, DIRECTORY);
      }
    }
  }

  private static void writeSecret(Path file, String secret) throws IOException {
    delete(file);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    write(file, secret + "\n");
  }

  private static void write(Path file, String text) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(StandardCharsets.UTF_8.encode(text));
      channel.force(true);
    }
  }

  private void writeServerFile(Server server) {
    try {
      Path half = db.resolve("server.json.part");
      writeSecret(half, JsonMapper.shared().writeValueAsString(server));
      Files.move(half, serverFile(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // a full disk must not keep anybody from a server that runs; the next command finds it again
      // by its data
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- one at a time

  private interface Locked<T> {
    T run();
  }

  /**
   * Excludes other processes by a file lock and other threads of this one, for which that lock does
   * not work.
   */
  private <T> T locked(Locked<T> action) {
    ReentrantLock threads = STARTING.computeIfAbsent(home, path -> new ReentrantLock());
    threads.lock();
    try {
      ownDirectory(db);
      try (var channel =
          FileChannel.open(
              db.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock(); // released with the channel
        return action.run();
      }
    } catch (IOException e) {
      throw diskTrouble(e);
    } finally {
      threads.unlock();
    }
  }

  private interface Condition {
    boolean holds();
  }

  private void await(String what, Condition condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new DatabaseUnreachable(
            "the local database did not " + what + " within " + PATIENCE.toMinutes() + " minutes",
            List.of("read " + log() + ", then ./omnipoints db start"));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
