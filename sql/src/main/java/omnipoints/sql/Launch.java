package omnipoints.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the programs of PostgreSQL, which refuse to run as root, are started on this machine.
 *
 * @param prefix words put before each command; empty for an ordinary user
 * @param user whom the data directory must belong to, if not to us
 * @param programs directory with {@code bin}
 */
record Launch(List<String> prefix, Optional<String> user, Path programs) {

  /**
   * An ordinary user starts them directly. As root the first way that works is taken: a user
   * namespace, in which root's files stay accessible but nobody is root; or another user, who then
   * owns the data directory.
   *
   * @throws DatabaseUnreachable nothing works; says why
   */
  static Launch onThisMachine() {
    boolean root = Shell.run(List.of("id", "-u"), null).output().strip().equals("0");
    var tried = new LinkedHashSet<String>();
    for (Way way : root ? waysOfRoot() : List.of(new Way(List.of(), Optional.empty()))) {
      for (Path cache : caches()) {
        try {
          Path programs = PostgresBinaries.unpackedIn(cache);
          Shell.Result result =
              Shell.run(way.command(programs.resolve("bin/initdb").toString(), "--version"), null);
          boolean refused = root && !isOtherUser(way);
          if (result.exit() == 0 && !refused) return new Launch(way.prefix, way.user, programs);
          tried.add(result.output().strip());
        } catch (IOException e) {
          tried.add(e.toString());
        }
      }
    }
    throw cannotRun(tried);
  }

  private record Way(List<String> prefix, Optional<String> user) {
    List<String> command(String... words) {
      var command = new ArrayList<>(prefix);
      command.addAll(List.of(words));
      return command;
    }
  }

  private static boolean isOtherUser(Way way) {
    Shell.Result result = Shell.run(way.command("id", "-u"), null);
    return result.exit() == 0 && !result.output().strip().equals("0");
  }

  private static List<Way> waysOfRoot() {
    String user =
        Shell.run(List.of("id", "-u", "postgres"), null).exit() == 0 ? "postgres" : "nobody";
    Optional<String> owner = Optional.of(user);
    return List.of(
        new Way(List.of("unshare", "-U"), Optional.empty()),
        new Way(
            List.of("setpriv", "--reuid", user, "--regid", group(user), "--clear-groups"), owner),
        new Way(List.of("runuser", "-u", user, "--"), owner),
        new Way(List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", user), owner),
        new Way(List.of("sudo", "-n", "-u", user), owner));
  }

  private static String group(String user) {
    return Shell.run(List.of("id", "-g", user), null).output().strip();
  }

  // The last ones are for root, whose own cache another user cannot enter, and for users without a
  // home directory.
  private static List<Path> caches() {
    var caches = new ArrayList<Path>();
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home"));
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    if (xdg != null && xdg.startsWith("/")) caches.add(Path.of(xdg, "omnipoints"));
    else caches.add(home.resolve(mac ? "Library/Caches/omnipoints" : ".cache/omnipoints"));
    caches.add(Path.of("/var/cache/omnipoints"));
    caches.add(
        Path.of(
            System.getProperty("java.io.tmpdir"), "omnipoints-" + System.getProperty("user.name")));
    return caches;
  }

  private static DatabaseUnreachable cannotRun(Set<String> tried) {
    String all = String.join(" | ", tried);
    List<String> next = List.of("set database.url in omnipoints.yaml to a PostgreSQL 16 or newer");
    if (all.contains("shared libraries")
        || all.contains("Library not loaded")
        || all.contains("not found")) {
      return new DatabaseUnreachable(
          "the bundled PostgreSQL does not run here, a system library is missing: " + all, next);
    }
    if (all.contains("No space left")) {
      return new DatabaseUnreachable(
          "the disk is full: the bundled PostgreSQL needs 80 MB in the cache directory",
          List.of(
              "free disk space, or point XDG_CACHE_HOME to another disk, and repeat the command"));
    }
    return new DatabaseUnreachable("the bundled PostgreSQL cannot be started here: " + all, next);
  }

  /** A command of PostgreSQL with its arguments, ready to be run. */
  List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<>(prefix);
    command.add(programs.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * The name of the data directory for the started program, whose working directory it is. Who is
   * no longer root may not be allowed to walk down to it; the kernel's link to the working
   * directory needs no walking.
   */
  String dataDirectory(Path data) {
    boolean needsLink = !prefix.isEmpty() && Files.exists(Path.of("/proc/self/cwd"));
    return needsLink ? "/proc/self/cwd" : data.toString();
  }

  /**
   * Makes everything below {@code data} belong to whom the server runs as; root may have started it
   * another way before.
   */
  void own(Path data) throws IOException {
    if (prefix.isEmpty()) return;
    var owner =
        data.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(user.orElse("root"));
    if (Files.getOwner(data).equals(owner)) return;
    try (var paths = Files.walk(data)) {
      for (Path path : paths.toList()) Files.setOwner(path, owner);
    }
  }
}
