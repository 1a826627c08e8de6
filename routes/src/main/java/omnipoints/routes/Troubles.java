package omnipoints.routes;

/** Failures that any source can meet, in words. */
final class Troubles {
  private Troubles() {}

  static SourceFailure archiveUnwritable(String channel, Archive.Unwritable cause) {
    return new SourceFailure(
        SourceFailure.Kind.ARCHIVE_UNWRITABLE,
        channel,
        "channel "
            + channel
            + ": the archive "
            + cause.getMessage()
            + "; the file stays in its source",
        "make room or give this user write permission there, then collect again");
  }

  static SourceFailure notRegistered(String channel, Throwable cause) {
    Throwable refusal = Faults.find(Desk.NotRegistered.class, cause).getCause();
    return new SourceFailure(
        SourceFailure.Kind.NOT_REGISTERED,
        channel,
        "channel "
            + channel
            + ": an arrival could not be registered ("
            + Faults.brief(refusal)
            + "); its file stays in its source",
        "it is taken again by the next collection");
  }
}
