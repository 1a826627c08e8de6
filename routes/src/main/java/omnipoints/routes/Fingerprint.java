package omnipoints.routes;

/**
 * How a file looked: equal fingerprints = nobody touched it in between, as far as can be seen
 * without reading it.
 *
 * @param bytes size
 * @param modified last modification, in the source's own resolution
 * @param identity what tells a replaced file from the same one (inode), or "" where the source has
 *     none
 */
record Fingerprint(long bytes, String modified, String identity) {}
