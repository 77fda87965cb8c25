// The languages Polder speaks, and which of them a visitor asked for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace polder::i18n {

/// A new language is a line here, one in language.cpp and a catalogue a room: the build names each that is missing.
enum class Language : std::uint8_t { en, nl, de };
inline constexpr std::array all_languages{Language::en, Language::nl, Language::de};

std::string_view code(Language language);         ///< BCP 47, for `lang` and file names: "nl"
std::string_view native_name(Language language);  ///< "Nederlands"
/// Exactly a code of ours; nothing for anything else.
std::optional<Language> parse_language(std::string_view code);

/// What Accept-Language asks for (RFC 9110 §12.5.4, matched by lookup, RFC 4647 §3.4) among `allowed`; the first
/// allowed when nothing matches. Looks at the first 20 ranges of the first 512 bytes. `allowed` is not empty.
Language negotiate(std::string_view accept_language, std::span<const Language> allowed);

}  // namespace polder::i18n
