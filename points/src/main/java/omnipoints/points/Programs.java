package omnipoints.points;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads points programmes: the shipped ones, or the installation's own of the same name. */
public final class Programs {
  private static final Pattern NAME = Pattern.compile("(?m)^program: *([A-Za-z0-9_]+)");

  private Programs() {}

  /**
   * The programme {@code name}: the versions in {@code <homePrograms>/<name>.yaml} and {@code
   * <homePrograms>/<name>/<version>.yaml}, and the shipped {@code <name>.yaml} where the home gives
   * neither that file nor that version.
   *
   * @param homePrograms the installation's own programmes, or null
   * @throws ProgramRefused listing every problem with file and line
   */
  public static Programme load(String name, Path homePrograms) {
    List<Program> versions = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Path own = homePrograms == null ? null : homePrograms.resolve(name + ".yaml");
    boolean replaced = own != null && Files.exists(own);
    if (replaced)
      read(() -> parse(name, own.toString(), bytesOf(own), homePrograms), versions, problems);
    for (Path file : versionFiles(name, homePrograms, problems))
      read(() -> ofVersionFile(name, file, homePrograms), versions, problems);
    byte[] shipped = replaced ? null : resource(name + ".yaml");
    if (shipped != null) {
      Program ours = parse(name, "programs/" + name + ".yaml", shipped, homePrograms);
      if (versions.stream().noneMatch(v -> v.version() == ours.version())) versions.add(ours);
    }
    if (versions.isEmpty() && problems.isEmpty()) {
      problems.add(
          (own == null ? name + ".yaml" : own)
              + ":0: no such programme; shipped are base, demo, yuan, ten_yuan, hundred_yuan, hundred_ten, hundred_ten_linear and member_day, "
              + "an own one goes to the home's programs/"
              + name
              + ".yaml");
    }
    if (!problems.isEmpty()) throw new ProgramRefused(name, problems);
    return new Programme(name, versions);
  }

  /**
   * A version that stands in no folder of programmes yet.
   *
   * @param homePrograms where sets and calendars of its own lie, or null
   * @throws ProgramRefused listing every problem with file and line
   */
  public static Program draft(Path file, Path homePrograms) {
    byte[] bytes = bytesOf(file);
    Matcher said = NAME.matcher(new String(bytes, StandardCharsets.UTF_8));
    return parse(said.find() ? said.group(1) : "", file.toString(), bytes, homePrograms);
  }

  private static void read(
      Supplier<Program> version, List<Program> versions, List<String> problems) {
    try {
      versions.add(version.get());
    } catch (ProgramRefused e) {
      problems.addAll(e.problems());
    }
  }

  /** Files {@code <name>/<version>.yaml}; a YAML file of another name there is a problem. */
  private static List<Path> versionFiles(String name, Path homePrograms, List<String> problems) {
    Path folder = homePrograms == null ? null : homePrograms.resolve(name);
    if (folder == null || !Files.isDirectory(folder)) return List.of();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        String called = file.getFileName().toString();
        if (called.matches("[1-9][0-9]{0,9}\\.yaml")) files.add(file);
        else if (called.matches("[^.].*\\.ya?ml"))
          problems.add(file + ":0: a version's file is called by its number, such as 2.yaml");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static Program ofVersionFile(String name, Path file, Path homePrograms) {
    Program version = parse(name, file.toString(), bytesOf(file), homePrograms);
    String called = file.getFileName().toString();
    if (called.equals(version.version() + ".yaml")) return version;
    throw new ProgramRefused(
        name,
        List.of(
            version.source().versionAt()
                + ": version: is "
                + version.version()
                + " but the file is called "
                + called
                + "; make them equal"));
  }

  /**
   * A version that has booked, as the books keep it.
   *
   * @param source what stood in its file then
   * @param hash of that file's bytes
   * @throws ProgramRefused when this code does not read it any more
   */
  public static Program booked(String name, int version, String source, String hash) {
    String file = "booked " + name + " version " + version;
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    Program read = ProgramFile.read(name, file, bytes, ListFiles.kept(source));
    return read.from(new Program.Source(file, source, hash, 0, 0));
  }

  static Program parse(String name, String file, byte[] bytes) {
    return ProgramFile.read(name, file, bytes, ListFiles.NONE.get());
  }

  private static Program parse(String name, String file, byte[] bytes, Path homePrograms) {
    return ProgramFile.read(name, file, bytes, new ListFiles(path -> list(path, homePrograms)));
  }

  /** A list of the home, else the shipped one. */
  private static byte[] list(String path, Path homePrograms) {
    Path own = homePrograms == null ? null : homePrograms.resolve(path);
    return own != null && Files.isRegularFile(own) ? bytesOf(own) : resource(path);
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] resource(String name) {
    try (InputStream in = Programs.class.getResourceAsStream("/programs/" + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
