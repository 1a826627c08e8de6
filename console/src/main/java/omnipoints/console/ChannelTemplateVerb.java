package omnipoints.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import omnipoints.jobs.DocumentFolders;
import omnipoints.jobs.Home;
import omnipoints.jobs.extract.TemplateWorkbook;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Document;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code channel template DOCUMENT}: an empty workbook of a document of our own, for a shop to fill
 * in. Writes one file that was not there; needs no database.
 */
final class ChannelTemplateVerb implements Verb {
  @Override
  public String name() {
    return "channel template";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "DOCUMENT", true));
    spec.addOption(CommandTree.option(words, "--out", "FILE", "template.out"));
  }

  private record Told(String document, String written, List<String> columns, List<String> next) {}

  @Override
  public Answer answer(Call call) throws IOException {
    Home home = ChannelCheckVerb.homeIfAny(call);
    Channels channels = Channels.load(home == null ? null : home.mappings());
    List<Document> documents = channels.channel(DocumentFolders.PROGRAM).documents();
    Document document =
        documents.stream()
            .filter(one -> one.name().equals(call.operand(0)))
            .findFirst()
            .orElseThrow(
                () ->
                    call.usage(
                        "template.unknown",
                        call.operand(0),
                        String.join(", ", documents.stream().map(Document::name).toList())));
    String out = call.value("--out") == null ? document.name() + ".xlsx" : call.value("--out");
    Path target = call.around().directory().resolve(out);
    if (Files.exists(target)) throw call.refused("ALREADY_THERE", List.of(), "new.there", target);
    try (OutputStream file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      TemplateWorkbook.write(channels, document, file);
    }
    List<String> next =
        List.of(call.command("channel", "check", out, "--channel", DocumentFolders.PROGRAM));
    var told =
        new Told(
            document.name(),
            target.toString(),
            document.fields().values().stream().map(field -> field.columns().get(0)).toList(),
            next);
    return Answer.of(
        told,
        page -> {
          page.say("template.done", told.written(), told.document());
          page.next(next);
        });
  }
}
