package omnipoints.files;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One XML part of a workbook, event by event. Knows no document types and no entities but the five;
 * names are local ones, because the two flavours of the format differ in their namespaces only.
 */
final class XmlEvents implements AutoCloseable {
  private static final InputFactoryImpl FACTORY = factory();

  private final GuardedStream bytes;
  private final XMLStreamReader xml;
  private final String where;

  long position() {
    return bytes.position();
  }

  XmlEvents(GuardedStream bytes, String where) {
    this.bytes = bytes;
    this.where = where;
    bytes.inEvents();
    try {
      this.xml = FACTORY.createXMLStreamReader(bytes, null);
    } catch (XMLStreamException e) {
      throw damaged(e);
    }
  }

  private static InputFactoryImpl factory() {
    InputFactoryImpl factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
    factory.setProperty(XMLInputFactory.IS_COALESCING, Boolean.FALSE);
    factory.configureForSpeed();
    return factory;
  }

  private DeliveryRefused damaged(Exception e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return Refusals.broken(where, "no sound XML (" + message + ")");
  }

  /** The next event as StAX numbers them. */
  int next() {
    try {
      int event = xml.next();
      bytes.eventDone();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw Refusals.broken(
            where, "it declares a document type or an entity, as no workbook does");
      }
      return event;
    } catch (DeliveryRefused e) {
      throw e;
    } catch (XMLStreamException | RuntimeException e) {
      throw damaged(e);
    }
  }

  /** Goes to the next element that starts; false at the end of the part. */
  boolean nextElement() {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) return true;
      if (event == XMLStreamConstants.END_DOCUMENT) return false;
    }
  }

  String name() {
    return xml.getLocalName();
  }

  /** The attribute in no namespace; null if absent. */
  String attribute(String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) return xml.getAttributeValue(i);
    }
    return null;
  }

  /** The attribute with a prefix, such as {@code r:id}; null if absent. */
  String qualified(String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String namespace = xml.getAttributeNamespace(i);
      if (namespace != null && !namespace.isEmpty() && xml.getAttributeLocalName(i).equals(name))
        return xml.getAttributeValue(i);
    }
    return null;
  }

  /** The attribute as a whole number, -1 if it is absent or none. */
  int number(String name) {
    String text = attribute(name);
    if (text == null || !text.matches("\\d{1,9}")) return -1;
    return Integer.parseInt(text);
  }

  /** Appends the text up to the end of the element that has just started. */
  void text(StringBuilder into, int limit) {
    int depth = 1;
    while (depth > 0) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) depth++;
      else if (event == XMLStreamConstants.END_ELEMENT) depth--;
      else if (event == XMLStreamConstants.END_DOCUMENT) {
        throw Refusals.broken(where, "an element never ends");
      } else if (event == XMLStreamConstants.CHARACTERS
          || event == XMLStreamConstants.CDATA
          || event == XMLStreamConstants.SPACE) {
        append(into);
        if (into.length() > limit) {
          throw Refusals.broken(where, "a cell is longer than " + limit + " characters");
        }
      }
    }
  }

  /** The parser looks at a text only when asked for it. */
  private void append(StringBuilder into) {
    try {
      into.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
    } catch (DeliveryRefused e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /**
   * Appends the text of the string item that has just started: its runs, whatever their fonts, but
   * not the hints how to pronounce it.
   */
  void runs(StringBuilder into, int limit) {
    int depth = 1;
    while (depth > 0) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (name().equals("t")) text(into, limit);
        else if (name().equals("rPh")) text(new StringBuilder(), limit);
        else depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) depth--;
      else if (event == XMLStreamConstants.END_DOCUMENT) {
        throw Refusals.broken(where, "a string never ends");
      }
    }
  }

  /** The text without its escapes {@code _x000D_} for characters XML cannot hold. */
  static String unescaped(StringBuilder text) {
    int at = text.indexOf("_x");
    if (at < 0) return text.toString();
    StringBuilder plain = new StringBuilder(text.length());
    int from = 0;
    while (at >= 0) {
      String code = at + 7 <= text.length() ? text.substring(at + 2, at + 7) : "";
      if (code.matches("[0-9A-Fa-f]{4}_")) {
        plain.append(text, from, at).append((char) Integer.parseInt(code.substring(0, 4), 16));
        from = at + 7;
      } else {
        plain.append(text, from, at + 2);
        from = at + 2;
      }
      at = text.indexOf("_x", from);
    }
    return plain.append(text, from, text.length()).toString();
  }

  /** Reads on to the end of the part, so that its check sum is looked at. */
  void finish() {
    bytes.drain();
  }

  @Override
  public void close() {
    try {
      xml.close();
      bytes.close();
    } catch (XMLStreamException e) {
      throw damaged(e);
    } catch (IOException e) {
      throw new UncheckedIOException(where + " cannot be closed", e);
    }
  }
}
