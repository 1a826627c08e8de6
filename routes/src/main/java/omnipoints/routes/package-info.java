/**
 * How bytes arrive and leave, by Apache Camel as a plain library. Knows no database, no jobs, no
 * mapping.
 *
 * <p>One route per source, all of one shape: {@code FolderRoute} and {@code SftpRoute} list and
 * fetch, their strategies accept and remove, {@code Intake} archives by hash and registers. The
 * order is what keeps deliveries: archived and forced to disk, registered by the caller, only then
 * removed from the source. {@link omnipoints.routes.Collector} drives the routes by hand, once, for
 * a night; {@link omnipoints.routes.Routes} lets them run. {@link omnipoints.routes.Outbox} hands
 * extracts over.
 *
 * <p>What is refused is kept: TOO_LARGE below {@code <source folder>/.refused/<sha256>/}, or on the
 * server; EVIL_NAME and EMPTY in the archive. A name is display only.
 *
 * <p>Logging: nothing here logs; what matters is a {@link omnipoints.routes.Notice} or a {@link
 * omnipoints.routes.SourceFailure}. Camel logs under {@code org.apache.camel} and should be set to
 * ERROR; JSch speaks through Camel and is switched off; MINA's server, in tests and the demo only,
 * is {@code org.apache.sshd}. Under a locale that is not UTF-8 a JVM cannot open files with Chinese
 * names: start it with {@code LC_ALL=C.UTF-8}.
 */
package omnipoints.routes;
