import type { RegexReader } from './pcre-reader.ts';
import { RegexProblem, take } from './pcre-reader.ts';

/** One letter, or a name in braces, after `\p` or `\P`. */
const PROPERTY = /(?:([A-Z])|\{\^?([^}]{0,40})\})/y;
/**
 * Names that every PCRE2 knows, in the only way that all versions take. Source: pcre2pattern(3) of PCRE2 10.23, whose
 * Unicode is that of 2016.
 */
const NAMES = new Set(
  (
    'Any L& Xan Xps Xsp Xuc Xwd C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc ' +
    'Sk Sm So Z Zl Zp Zs ' +
    'Arabic Armenian Avestan Balinese Bamum Batak Bengali Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal ' +
    'Carian Chakma Cham Cherokee Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Egyptian_Hieroglyphs ' +
    'Ethiopic Georgian Glagolitic Gothic Greek Gujarati Gurmukhi Han Hangul Hanunoo Hebrew Hiragana Imperial_Aramaic ' +
    'Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kayah_Li Kharoshthi ' +
    'Khmer Lao Latin Lepcha Limbu Linear_B Lisu Lycian Lydian Malayalam Mandaic Meetei_Mayek Meroitic_Cursive ' +
    'Meroitic_Hieroglyphs Miao Mongolian Myanmar New_Tai_Lue Nko Ogham Ol_Chiki Old_Italic Old_Persian ' +
    'Old_South_Arabian Old_Turkic Oriya Osmanya Phags_Pa Phoenician Rejang Runic Samaritan Saurashtra Sharada ' +
    'Shavian Sinhala Sora_Sompeng Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri ' +
    'Tamil Telugu Thaana Thai Tibetan Tifinagh Ugaritic Vai Yi'
  ).split(' '),
);

/** Reads what follows `\p` or `\P`. */
export function readProperty(reader: RegexReader): void {
  const [text = '', letter, name = letter ?? ''] = take(PROPERTY, reader) ?? [];
  if (text === '') throw new RegexProblem('"\\p" has no property, such as \\p{L}');
  if (!NAMES.has(name)) throw new RegexProblem(`it has an unknown property "\\p${text}"`);
}
