package omnipoints.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import omnipoints.facts.Delivery;
import omnipoints.facts.FactRecord;
import omnipoints.facts.Shown;
import omnipoints.facts.TokenisedRecords;
import omnipoints.files.DeliveryRefused;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Document;
import omnipoints.mappings.PersonTokens;
import omnipoints.mappings.Recognition;
import omnipoints.mappings.RecordReader;
import omnipoints.routes.Archive;

/** What an archived delivery says, read again outside of the night that read it. */
final class RowsOfDelivery {

  private final Home home;
  private final Channels channels;
  private final ZoneId zone;
  private final TokenisedRecords tokenised;

  RowsOfDelivery(Home home, Channels channels) {
    this.home = home;
    this.channels = channels;
    this.zone = home.config().zone();
    Tokens tokens = Tokens.of(home);
    this.tokenised = new TokenisedRecords(tokens::hash, PersonTokens::shown);
  }

  /** Which delivery. */
  record Place(String channel, String shop, String document, String file, String sha256) {
    static Place read(ResultSet row) throws SQLException {
      return new Place(
          row.getString("channel"),
          row.getString("shop"),
          row.getString("document"),
          row.getString("file"),
          row.getString("sha256"));
    }

    /** The same whatever its file is called. */
    Place identity() {
      return new Place(channel, shop, document, "", sha256);
    }
  }

  /**
   * Hands over its rows.
   *
   * @param n number they carry
   * @throws NightRefused 9 its bytes are not in the archive; 8 no mapping reads it any more
   */
  void read(Place place, int n, Consumer<Shown> into) {
    read(
        place,
        (record, document) ->
            tokenised.put(
                record,
                n,
                Delivery.Shows.named(document.grain().name()),
                document.paidWhenCompleted(),
                into));
  }

  /** Hands over its rows as they were read, those that speak of no order, too. */
  void records(Place place, Consumer<FactRecord> into) {
    read(place, (record, document) -> into.accept(record));
  }

  private void read(Place place, BiConsumer<FactRecord, Document> into) {
    Path path = new Archive(home.archive()).path(place.sha256());
    if (!Files.isRegularFile(path))
      throw new NightRefused(
          9,
          "NOT_IN_ARCHIVE",
          place.file() + " (sha256 " + place.sha256() + ") is not in the archive any more",
          List.of("put its bytes back to " + path));
    Recognition recognition =
        DocumentFolders.recognise(
            home, channels, place.channel(), place.shop(), path, place.file());
    if (recognition instanceof Recognition.Refused refused)
      throw new NightRefused(8, refused.outcome().name(), refused.message(), refused.next());
    for (Recognition.Recognised part : recognition.parts()) {
      Document document = part.document();
      if (!document.name().equals(place.document())) continue;
      try {
        RecordReader.read(
            part,
            path,
            place.shop().isEmpty() ? null : place.shop(),
            zone,
            row -> into.accept(row, document));
      } catch (DeliveryRefused e) {
        throw new NightRefused(8, e.outcome().name(), e.getMessage(), e.next());
      }
    }
  }
}
