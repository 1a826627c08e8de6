package omnipoints.mappings;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mobile numbers of mainland China as keys of people. Thread-safe. */
public final class Phones {
  private static final int DIGITS = 11;
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final Pattern WRITTEN =
      Pattern.compile("(?:(?:\\((?:\\+|00)?86\\)|(?:\\+|00)?86)[ -]*)?(\\d[\\d -]*)");

  /**
   * 170, 171, 162, 165, 167: numbers of virtual operators, handed on too fast to stand for a
   * person.
   */
  private static final Pattern VIRTUAL = Pattern.compile("(?:17[01]|16[257])\\d{8}");

  private Phones() {}

  /**
   * The number as E.164 ({@code +8613800000001}), from {@code 138 0000 0001}, {@code +86-138…},
   * {@code (+86)138…}, {@code 0086138…}, full width digits. Empty for anything that is not surely
   * one person's mobile number: masked, virtual, landline, foreign, too short, with an extension.
   * Never guessed.
   */
  public static Optional<String> normalise(String text) {
    return national(text)
        .filter(digits -> !VIRTUAL.matcher(digits).matches())
        .map(digits -> "+86" + digits);
  }

  /** Whether the text is a mobile number, also one of a virtual operator: not to be shown. */
  static boolean phone(String text) {
    return national(text).isPresent();
  }

  /** The eleven digits of a mobile number of mainland China. */
  private static Optional<String> national(String text) {
    if (text == null || text.length() < DIGITS) return Optional.empty();
    String folded = Normalizer.normalize(KeyText.withoutMarks(text), Normalizer.Form.NFKC).strip();
    Matcher written = WRITTEN.matcher(folded);
    if (!written.matches()) return Optional.empty();
    String digits = written.group(1).replaceAll("[^0-9]", "");
    if (digits.length() != DIGITS) return Optional.empty();
    try {
      PhoneNumber number = NUMBERS.parse(digits, "CN");
      boolean mobile = NUMBERS.getNumberType(number) == PhoneNumberType.MOBILE;
      boolean chinese =
          number.getCountryCode() == 86 && NUMBERS.isValidNumberForRegion(number, "CN");
      return mobile && chinese ? Optional.of(digits) : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** {@code +8613800000001} as {@code 138****0001}. */
  public static String mask(String e164) {
    String national = e164.startsWith("+86") ? e164.substring(3) : e164;
    return Masking.person(national);
  }
}
