package omnipoints.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import omnipoints.facts.Cell;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OwnRow;
import omnipoints.facts.OwnShape;
import omnipoints.facts.Token;
import omnipoints.facts.own.VoucherUse;
import omnipoints.mappings.OwnDocuments;
import omnipoints.mappings.PersonTokens;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of a document of our own on its way into the night. Grain: one per row.
 *
 * @param key what makes it this row, its parts with a slash between them
 * @param shown the same, fit to be shown
 * @param says JSON of what it says, by column, people apart
 * @param memberKind of the first person it names, null for none; {@code other…} of the second
 * @param waitsMember it counts only when he is known
 */
record OwnShown(
    int delivery,
    int row,
    String document,
    String key,
    String shown,
    byte[] content,
    boolean replaces,
    String says,
    Instant asOf,
    String memberKind,
    String memberChannel,
    byte[] memberHash,
    String memberShown,
    String otherKind,
    String otherChannel,
    byte[] otherHash,
    String otherShown,
    boolean waitsMember,
    boolean waitsOther) {

  /** A person that a row names, and whether it waits for him. */
  private record Named(Token token, boolean waits) {
    static final Named NOBODY = new Named(null, false);

    String kind() {
      return token == null ? null : token.kind();
    }

    String channel() {
      return token == null ? null : token.channel();
    }

    byte[] hash(Tokens tokens) {
      return token == null ? null : tokens.hash(token);
    }

    String shown() {
      return token == null ? null : PersonTokens.shown(token);
    }
  }

  static OwnShown of(int delivery, FactRecord.OwnRecord record, byte[] content, Tokens tokens) {
    OwnRow says = record.says();
    List<Named> people = people(says);
    Named member = people.size() > 0 ? people.get(0) : Named.NOBODY;
    Named other = people.size() > 1 ? people.get(1) : Named.NOBODY;
    return new OwnShown(
        delivery,
        record.row(),
        OwnDocuments.name(says.getClass()),
        key(says, token -> token.kind() + ":" + hex(tokens, token)),
        key(says, OwnShown::shown),
        content,
        says.replaces(),
        json(says, tokens),
        says.asOf(),
        member.kind(),
        member.channel(),
        member.hash(tokens),
        member.shown(),
        other.kind(),
        other.channel(),
        other.hash(tokens),
        other.shown(),
        member.waits(),
        other.waits());
  }

  private static List<Named> people(OwnRow says) {
    List<Named> people = new ArrayList<>(2);
    for (OwnShape.Part part : OwnShape.of(says.getClass()).parts()) {
      if (!part.person()) continue;
      people.add(new Named((Token) part.of(says), part.need() == Cell.Need.VALUE));
    }
    return people;
  }

  private static String hex(Tokens tokens, Token token) {
    return HexFormat.of().formatHex(tokens.hash(token));
  }

  /** Of a code its end, of a person what may be shown. */
  private static String shown(Token token) {
    String value = token.value();
    boolean secret = token.kind().equals("voucher");
    return token.kind()
        + ":"
        + (secret ? "…" + value.substring(value.length() * 3 / 4) : PersonTokens.shown(token));
  }

  /** A slash within a part would make one key of two. */
  private static String key(OwnRow says, Function<Token, String> person) {
    return says.key().stream()
        .map(part -> part instanceof Token token ? person.apply(token) : (String) part)
        .map(part -> part.replace("%", "%25").replace("/", "%2F"))
        .collect(Collectors.joining("/"));
  }

  private static String json(OwnRow says, Tokens tokens) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (OwnShape.Part part : OwnShape.of(says.getClass()).parts()) {
      Object value = part.of(says);
      if (value == null || part.person()) continue;
      if (part.secret()) json.put(part.column(), hex(tokens, VoucherUse.token(value.toString())));
      else if (value instanceof Long number) json.put(part.column(), number);
      else if (value instanceof Boolean yes) json.put(part.column(), yes);
      else if (value instanceof Enum<?> word) json.put(part.column(), word.name());
      else json.put(part.column(), value.toString());
    }
    return json.toString();
  }
}
