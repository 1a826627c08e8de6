package omnipoints.mappings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.files.Bundle;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;

/**
 * A file as a person checks it, part by part. The members of a bundle are unpacked into a scratch
 * folder that is gone afterwards.
 */
final class CheckedFile {
  private final Channels channels;
  private final String channelCode;
  private final String folderShop;
  private final ZoneId zone;
  private final Consumer<FactRecord> sink;

  CheckedFile(
      Channels channels,
      String channelCodeOrNull,
      String folderShopOrNull,
      ZoneId zone,
      Consumer<FactRecord> sink) {
    this.channels = channels;
    this.channelCode = channelCodeOrNull;
    this.folderShop = folderShopOrNull;
    this.zone = zone;
    this.sink = sink;
  }

  List<CheckReport> reports(Path file, String name) {
    Optional<Bundle> bundle = channels.bundle(file, channelCode, name);
    return bundle.isPresent() ? unpacked(bundle.get(), name) : plain(file, name);
  }

  private List<CheckReport> plain(Path file, String name) {
    Recognition recognition = channels.recognise(file, channelCode, name);
    if (recognition instanceof Recognition.Refused refused) {
      return List.of(CheckReport.refused(name, refused));
    }
    return recognition.parts().stream()
        .map(part -> CheckReport.of(part, file, folderShop, zone, sink))
        .toList();
  }

  private List<CheckReport> unpacked(Bundle bundle, String name) {
    Path scratch = null;
    List<Path> kept = new ArrayList<>();
    try {
      scratch = Files.createTempDirectory("omnipoints-check-");
      Path folder = scratch;
      List<CheckReport> reports = new ArrayList<>();
      List<Bundle.Member> members =
          bundle.unpack(
              (member, bytes) -> {
                Path target = folder.resolve(String.valueOf(kept.size()));
                kept.add(target);
                Files.copy(bytes, target);
                return target;
              });
      for (Bundle.Member member : members) {
        if (member.file() != null) reports.addAll(plain(member.file(), member.name()));
        else reports.add(refused(member.name(), member.outcome(), member.message()));
      }
      if (!reports.isEmpty()) return reports;
      return List.of(
          CheckReport.refused(name, Recogniser.empty(name, "the archive has no member")));
    } catch (DeliveryRefused e) {
      return List.of(CheckReport.refused(name, Recognition.Refused.of(e)));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be unpacked", e);
    } finally {
      remove(kept, scratch);
    }
  }

  private static CheckReport refused(String name, DeliveryOutcome outcome, String message) {
    return CheckReport.refused(name, new Recognition.Refused(outcome, message, List.of()));
  }

  private static void remove(List<Path> kept, Path scratch) {
    try {
      for (Path file : kept) Files.deleteIfExists(file);
      if (scratch != null) Files.deleteIfExists(scratch);
    } catch (IOException e) {
      throw new UncheckedIOException("the scratch folder " + scratch + " cannot be removed", e);
    }
  }
}
