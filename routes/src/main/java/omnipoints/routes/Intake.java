package omnipoints.routes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import omnipoints.files.DeliveryOutcome;

/** Takes one file from any source: copy, compare with what was promised, archive, register. */
final class Intake {
  private final Watch watch;
  private final Desk desk;
  private final String channel;

  Intake(Watch watch, String channel) {
    this.watch = watch;
    this.desk = watch.desk();
    this.channel = channel;
  }

  /** One file as its source shows it. {@code shop} may be null. */
  record Offer(String shop, String name, Fingerprint fingerprint, Marker marker) {}

  /** Looks at the source once more; false = the file is no longer what was offered. */
  @FunctionalInterface
  interface Recheck {
    boolean isUnchanged() throws IOException;
  }

  /**
   * Other than the promised number of bytes came: the transfer was cut, or the file is still
   * written to.
   */
  static final class WrongSize extends IOException {
    WrongSize(long promised, long came) {
      super(came + " bytes came, the listing says " + promised);
    }
  }

  /**
   * Archives and registers the offered file.
   *
   * @return whether the file may leave its source; if not, a notice says why
   * @throws WrongSize when the stream does not have the size of the offer
   * @throws Archive.Unwritable when our side fails; another IOException is the source's
   */
  boolean take(Offer offer, InputStream in, Recheck recheck)
      throws IOException, Desk.NotRegistered {
    try (Archive.Draft draft = desk.archive().draft(in, desk.fileBytesMax(), desk::isClosed)) {
      if (draft.bytes() != offer.fingerprint().bytes()) {
        throw new WrongSize(offer.fingerprint().bytes(), draft.bytes());
      }
      if (!recheck.isUnchanged() || !isAsMarked(offer, draft.sha256())) {
        return false;
      }
      Archive.Stored stored = draft.keep();
      Optional<Refusal> refusal = refusal(offer);
      hand(offer, stored.sha256(), stored.path(), refusal);
      return true;
    }
  }

  /** Registers a file that is too large to be archived and is kept at {@code kept} instead. */
  void refuseTooLarge(Offer offer, String sha256, Path kept) throws Desk.NotRegistered {
    hand(
        offer,
        sha256,
        null,
        Optional.of(
            new Refusal(
                DeliveryOutcome.TOO_LARGE,
                Notice.Kind.TOO_LARGE,
                "it has "
                    + offer.fingerprint().bytes()
                    + " bytes, more than the limit of "
                    + desk.fileBytesMax()
                    + "; it is kept at "
                    + FileName.printable(kept.toString()),
                "split it, or raise the limit and move it back")));
  }

  /** Whether the bytes are those its marker names; says so if not. */
  boolean isAsMarked(Offer offer, String sha256) {
    String expected = offer.marker().sha256();
    if (expected == null || expected.equals(sha256)) {
      return true;
    }
    watch.leave(
        new Notice(
            Notice.Kind.HASH_DIFFERS,
            channel,
            offer.shop(),
            FileName.printable(offer.name()),
            "its .done expects SHA-256 "
                + expected
                + ", the file has "
                + sha256
                + "; it is left where it is",
            "have it sent again, and the .done after it"));
    return false;
  }

  private record Refusal(DeliveryOutcome outcome, Notice.Kind kind, String message, String next) {}

  private static Optional<Refusal> refusal(Offer offer) {
    Optional<String> fault = FileName.fault(offer.name());
    if (fault.isPresent()) {
      return Optional.of(
          new Refusal(
              DeliveryOutcome.EVIL_NAME,
              Notice.Kind.EVIL_NAME,
              fault.get() + "; its bytes are in the archive and are not read",
              "send it again under a plain name"));
    }
    if (offer.fingerprint().bytes() == 0) {
      return Optional.of(
          new Refusal(
              DeliveryOutcome.EMPTY,
              Notice.Kind.EMPTY,
              "it has no bytes",
              "ask the sender whether there was nothing to send"));
    }
    return Optional.empty();
  }

  private void hand(Offer offer, String sha256, Path archived, Optional<Refusal> refusal)
      throws Desk.NotRegistered {
    String name = FileName.printable(offer.name());
    desk.register(
        new Arrival(
            channel,
            offer.shop(),
            name,
            sha256,
            offer.fingerprint().bytes(),
            archived,
            refusal.map(Refusal::outcome).orElse(null),
            refusal.map(why -> why.message() + "; " + why.next()).orElse("")));
    refusal.ifPresent(
        why ->
            desk.say(
                new Notice(why.kind(), channel, offer.shop(), name, why.message(), why.next())));
  }
}
