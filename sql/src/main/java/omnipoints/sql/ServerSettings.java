package omnipoints.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration of the local server; written anew before each start, so it always fits this
 * program.
 */
final class ServerSettings {

  /** Only this machine, only with the password. */
  static final String ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n";

  private static final long SMALL_SHM_BYTES = 256L << 20;

  private ServerSettings() {}

  /**
   * @param replicas whether others may copy its log
   */
  static String of(int port, boolean durable, boolean replicas, ServerSize size) {
    String sync = durable ? "on" : "off";
    return """
        # Written by OmniPoints before each start; changes here are lost.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = 100
        password_encryption = 'scram-sha-256'

        # A point that was booked stays booked: never off.
        fsync = %s
        synchronous_commit = %s
        full_page_writes = %s

        # Bulk loads on a small machine. Without replicas, rows copied into a table of the same transaction need no log:
        # the table itself is synced at commit.
        wal_level = %s
        max_wal_senders = %d
        # pglz, the only method of these binaries, needs about 300 us for a page that changes the first time after a
        # checkpoint: rows updated all over a table took twelve times as long for a third of the log.
        wal_compression = off
        max_wal_size = '%dMB'
        min_wal_size = '256MB'
        checkpoint_timeout = '30min'
        checkpoint_completion_target = 0.9
        %s
        max_locks_per_transaction = 256

        # Of this machine's memory and cores.
        shared_buffers = '%dMB'
        effective_cache_size = '%dMB'
        work_mem = '%dMB'
        maintenance_work_mem = '%dMB'
        max_parallel_workers_per_gather = %d
        max_parallel_maintenance_workers = %d
        jit = off
        random_page_cost = 1.1
        dynamic_shared_memory_type = '%s'

        timezone = 'UTC'
        datestyle = 'iso, ymd'
        lc_messages = 'C'
        %s

        # Rows and parameters are people's data: the log gets neither.
        log_timezone = 'UTC'
        log_error_verbosity = terse
        log_min_error_statement = panic
        """
        .formatted(
            port,
            sync,
            sync,
            sync,
            replicas ? "replica" : "minimal",
            replicas ? 10 : 0,
            size.maxWal(),
            // a server of tests has a hundred databases that live for a minute
            durable ? "" : "autovacuum_naptime = '10min'",
            size.sharedBuffers(),
            size.effectiveCache(),
            size.workMem(),
            size.maintenanceWorkMem(),
            size.workers(),
            size.workers(),
            sharedMemory(),
            deadClients());
  }

  // Containers often give 64 MB of /dev/shm, too little for a parallel hash join.
  private static String sharedMemory() {
    Path shm = Path.of("/dev/shm");
    if (!Files.isDirectory(shm)) return "posix";
    try {
      return Files.getFileStore(shm).getTotalSpace() < SMALL_SHM_BYTES ? "mmap" : "posix";
    } catch (IOException e) {
      return "posix";
    }
  }

  // A killed process must not hold its locks until its statement ends.
  private static String deadClients() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    return linux ? "client_connection_check_interval = '2s'" : "";
  }
}
