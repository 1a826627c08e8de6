package omnipoints.jobs;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The file system of this machine, of which one call fails, or every call from one on: opening,
 * reading, writing, forcing, renaming, removing, listing. Whatever is derived from the folder of a
 * home goes through it, but for its inbox, which Camel looks into by other ways.
 */
final class FaultyFiles extends FileSystemProvider {

  /** What happens at the call. */
  enum Fault {
    /** It fails, the next one does not. */
    ONCE,
    /** It fails, and so do all after it. */
    FROM_THEN_ON,
    /** A write takes one byte only, as every write may. */
    SHORT
  }

  private final FileSystem system = new Faulty();
  private final AtomicLong calls = new AtomicLong();
  private volatile long at = Long.MAX_VALUE;
  private volatile Fault fault = Fault.ONCE;
  private volatile String met = "";

  private final Path home;

  FaultyFiles(Path home) {
    this.home = home.toAbsolutePath();
  }

  /** The same home, by way of this. */
  Path home() {
    return new FaultyPath(home);
  }

  /** From now on the n-th call is met, 1 the next. */
  void meet(long n, Fault what) {
    calls.set(0);
    met = "";
    fault = what;
    at = n;
  }

  /** How many calls there were since. */
  long calls() {
    return calls.get();
  }

  /** What failed; empty if it was not come to. */
  String met() {
    return met;
  }

  private boolean meets(String call, Path path) {
    long n = calls.incrementAndGet();
    boolean meets = fault == Fault.FROM_THEN_ON ? n >= at : n == at;
    if (meets && met.isEmpty()) met = call + " " + path;
    return meets;
  }

  private void call(String call, Path path, String why) throws IOException {
    if (meets(call, path) && fault != Fault.SHORT)
      throw new FileSystemException(path.toString(), null, why);
  }

  private void reading(String call, Path path) throws IOException {
    call(call, path, "Input/output error");
  }

  private void writing(String call, Path path) throws IOException {
    call(call, path, "No space left on device");
  }

  private static Path real(Path path) {
    return path instanceof FaultyPath faulty ? faulty.real : path;
  }

  private Path faulty(Path real) {
    return real == null || real.startsWith(home.resolve("inbox")) ? real : new FaultyPath(real);
  }

  private final class FaultyPath implements Path {
    private final Path real;

    FaultyPath(Path real) {
      this.real = real;
    }

    @Override
    public FileSystem getFileSystem() {
      return system;
    }

    @Override
    public boolean isAbsolute() {
      return real.isAbsolute();
    }

    @Override
    public Path getRoot() {
      return faulty(real.getRoot());
    }

    @Override
    public Path getFileName() {
      return faulty(real.getFileName());
    }

    @Override
    public Path getParent() {
      return faulty(real.getParent());
    }

    @Override
    public int getNameCount() {
      return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
      return faulty(real.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
      return faulty(real.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
      return real.startsWith(real(other));
    }

    @Override
    public boolean endsWith(Path other) {
      return real.endsWith(real(other));
    }

    @Override
    public Path normalize() {
      return faulty(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
      return faulty(real.resolve(real(other)));
    }

    @Override
    public Path relativize(Path other) {
      return faulty(real.relativize(real(other)));
    }

    @Override
    public URI toUri() {
      return real.toUri();
    }

    @Override
    public Path toAbsolutePath() {
      return faulty(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
      return faulty(real.toRealPath(options));
    }

    @Override
    public File toFile() {
      return real.toFile();
    }

    @Override
    public WatchKey register(
        WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
        throws IOException {
      return real.register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
      return real.compareTo(real(other));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FaultyPath path && path.real.equals(real);
    }

    @Override
    public int hashCode() {
      return real.hashCode();
    }

    @Override
    public String toString() {
      return real.toString();
    }
  }

  private final class Faulty extends FileSystem {
    private final FileSystem real = FileSystems.getDefault();

    @Override
    public FileSystemProvider provider() {
      return FaultyFiles.this;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException("it is that of the machine");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return faulty(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = real.getPathMatcher(pattern);
      return path -> matcher.matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return real.newWatchService();
    }
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException("there is one");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return faulty(Path.of(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    reading("open", path);
    return new Channel(FileChannel.open(real(path), options, attributes), path);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    reading("list", folder);
    DirectoryStream<Path> all =
        Files.newDirectoryStream(real(folder), path -> filter.accept(faulty(path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> each = all.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return each.hasNext();
          }

          @Override
          public Path next() {
            return faulty(each.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        all.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    writing("make", folder);
    Files.createDirectory(real(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    writing("remove", path);
    Files.delete(real(path));
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    writing("copy", to);
    Files.copy(real(from), real(to), options);
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    writing("rename", to);
    Files.move(real(from), real(to), options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return Files.isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return Files.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real(path).getFileSystem().provider().checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Files.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return Files.readAttributes(real(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    Files.setAttribute(real(path), name, value, options);
  }

  private final class Channel extends FileChannel {
    private final FileChannel real;
    private final Path path;

    Channel(FileChannel real, Path path) {
      this.real = real;
      this.path = path;
    }

    private interface Write {
      int bytes(ByteBuffer from) throws IOException;
    }

    private int write(ByteBuffer from, Write write) throws IOException {
      if (!meets("write", path)) return write.bytes(from);
      if (fault != Fault.SHORT)
        throw new FileSystemException(path.toString(), null, "No space left on device");
      if (!from.hasRemaining()) return 0;
      int limit = from.limit();
      from.limit(from.position() + 1);
      try {
        return write.bytes(from);
      } finally {
        from.limit(limit);
      }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      reading("read", path);
      return real.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
      reading("read", path);
      return real.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      reading("read", path);
      return real.read(into, position);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return write(from, real::write);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
      writing("write", path);
      return real.write(from, offset, length);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      return write(from, bytes -> real.write(bytes, position));
    }

    @Override
    public long position() throws IOException {
      return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      real.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      writing("truncate", path);
      real.truncate(size);
      return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      writing("force", path);
      real.force(metadata);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
      reading("transfer", path);
      return real.transferTo(position, count, to instanceof Channel other ? other.real : to);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count)
        throws IOException {
      writing("transfer", path);
      return real.transferFrom(from instanceof Channel other ? other.real : from, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      reading("map", path);
      return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }
  }
}
