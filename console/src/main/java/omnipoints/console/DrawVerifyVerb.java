package omnipoints.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import omnipoints.points.DrawProof;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** {@code draw verify FILE}: draws anew from the proof of a draw. */
final class DrawVerifyVerb implements Verb {
  @Override
  public String name() {
    return "draw verify";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "FILE", true, "proof"));
  }

  /**
   * @param state HOLDS, or DIFFERS when there are faults
   */
  private record Told(
      String state,
      String draw,
      List<String> faults,
      String commitment,
      LocalDate opened,
      String listSha256,
      LocalDate listed,
      int entries,
      List<DrawProof.Winner> winners) {}

  @Override
  public Answer answer(Call call) throws IOException {
    Path file = call.around().directory().resolve(call.operand(0));
    if (!Files.isRegularFile(file)) throw call.usage("file.missing", file);
    DrawProof proof;
    try {
      // made here: every call of any verb loads this class
      proof =
          JsonMapper.builder()
              .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .build()
              .readValue(Files.readString(file), DrawProof.class);
    } catch (JacksonException e) {
      throw call.usage("draw.noproof", e.getOriginalMessage());
    }
    List<String> faults = proof.faults();
    boolean holds = faults.isEmpty();
    var told =
        new Told(
            holds ? "HOLDS" : "DIFFERS",
            proof.draw(),
            faults,
            proof.commitment(),
            proof.opened(),
            proof.listSha256(),
            proof.listed(),
            proof.entries().size(),
            proof.winners());
    return new Answer(holds ? Exit.OK : Exit.CLOSED_WITH_FINDINGS, told, page -> print(page, told));
  }

  private static void print(Page page, Told told) {
    if (told.faults().isEmpty())
      page.say("draw.holds", told.draw(), told.entries(), told.winners().size());
    else
      page.say(
          "draw.differs",
          told.draw(),
          told.faults().stream()
              .map(fault -> page.words().say("draw.fault." + fault))
              .collect(Collectors.joining("; ")));
    page.say("draw.compare", told.commitment(), told.opened(), told.listSha256(), told.listed());
    TextTable winners = page.words().table(">place", "request", "item", "score");
    for (DrawProof.Winner winner : told.winners())
      winners.row(winner.place(), winner.requestNo(), winner.item(), winner.score());
    page.table("draw.winners", winners);
  }
}
