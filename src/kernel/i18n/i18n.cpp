#include "kernel/i18n/i18n.h"

#include <unicode/msgfmt.h>

#include <array>
#include <boost/json.hpp>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "kernel/i18n/icu.h"

namespace polder::i18n {
namespace {

/// What the pattern's text needs of ICU.
enum class Kind {
  plain,   ///< nothing: it is the sentence
  simple,  ///< nothing: only {name}s to fill in
  full,    ///< plurals, choices, typed arguments, quoting
};

Kind kind_of(std::string_view pattern) {
  if (pattern.contains("''")) return Kind::full;
  auto kind = Kind::plain;
  for (std::size_t at = 0; (at = pattern.find_first_of("{}", at)) != std::string_view::npos;) {
    const auto close = pattern.find('}', at);
    if (pattern[at] == '}' || close == std::string_view::npos || (at > 0 && pattern[at - 1] == '\'')) return Kind::full;
    const auto name = pattern.substr(at + 1, close - at - 1);
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
                            std::string_view::npos)
      return Kind::full;
    kind = Kind::simple;
    at = close + 1;
  }
  return kind;
}

std::string written(Language language, const MessageArg& value, const Zone& zone) {
  struct Writer {
    Language language;
    const Zone& zone;
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(std::int64_t n) const { return number(language, n); }
    std::string operator()(double x) const { return number(language, x, 2); }
    std::string operator()(Moment m) const { return date_time(language, zone, Time{m.ms}); }
  };
  return std::visit(Writer{language, zone}, value);
}

/// One sentence. `say` may be called from many threads.
class Pattern {
 public:
  explicit Pattern(std::string text) : text_(std::move(text)), kind_(kind_of(text_)) {}

  std::string say(Language language, const Message& message, const Zone& zone) const {
    switch (kind_) {
      case Kind::plain:
        return text_;
      case Kind::simple:
        return filled(language, message, zone);
      case Kind::full:
        break;
    }
    return formatted(language, message, zone);
  }

 private:
  std::string filled(Language language, const Message& message, const Zone& zone) const {
    std::string out;
    std::string_view rest = text_;
    for (std::size_t open; (open = rest.find('{')) != std::string_view::npos;) {
      const auto close = rest.find('}', open);
      const auto name = rest.substr(open + 1, close - open - 1);
      const auto arg = std::ranges::find(message.args, name, [](const auto& a) { return std::string_view(a.first); });
      out += rest.substr(0, open);
      out += arg == message.args.end() ? std::string(rest.substr(open, close + 1 - open))
                                       : written(language, arg->second, zone);
      rest.remove_prefix(close + 1);
    }
    return out += rest;
  }

  std::string formatted(Language language, const Message& message, const Zone& zone) const {
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& [name, value] : message.args) {
      names.push_back(wide(name));
      if (const auto* n = std::get_if<std::int64_t>(&value))
        values.emplace_back(*n);
      else if (const auto* x = std::get_if<double>(&value))
        values.emplace_back(*x);
      else if (const auto* m = std::get_if<Moment>(&value); m && text_.contains("{" + name + ","))
        values.emplace_back(on_the_wall(zone, Time{m->ms}), icu::Formattable::kIsDate);
      else
        values.emplace_back(wide(written(language, value, zone)));
    }
    icu::UnicodeString out;
    UErrorCode status = U_ZERO_ERROR;
    const std::lock_guard hold(lock_);
    if (!format_) format_ = compiled(language, status);
    format_->format(names.data(), values.data(), std::int32_t(names.size()), out, status);
    return U_FAILURE(status) ? text_ : narrow(out);
  }

  /// The dates inside a pattern, however deep, are written by ICU on its default clock. We make that UTC and give it
  /// the time that the wall of the zone shows; a pattern that names the zone itself (`full`) would be wrong.
  std::unique_ptr<icu::MessageFormat> compiled(Language language, UErrorCode& status) const {
    static const bool once = (icu::TimeZone::adoptDefault(icu::TimeZone::getGMT()->clone()), true);
    static_cast<void>(once);
    return std::make_unique<icu::MessageFormat>(wide(text_), locale(language), status);
  }

  static UDate on_the_wall(const Zone& zone, Time t) {
    const Civil c = zone.civil(t);
    return UDate((start_of(c.date) + c.hour * hour_ms + c.minute * minute_ms).ms);
  }

  std::string text_;
  Kind kind_;
  mutable std::mutex lock_;  // MessageFormat makes its parts while formatting
  mutable std::unique_ptr<icu::MessageFormat> format_;
};

struct Hash : std::hash<std::string_view> {
  using is_transparent = void;
};

using Catalogue = std::unordered_map<std::string, Pattern, Hash, std::equal_to<>>;

}  // namespace

struct Catalogues::Inside {
  struct One {
    std::vector<EmbeddedFile> files;
    std::once_flag read;
    Catalogue patterns;
  };
  std::array<One, all_languages.size()> languages;

  const Catalogue& of(Language language) {
    One& one = languages[std::size_t(language)];
    std::call_once(one.read, [&one] {
      for (const auto& file : one.files) {
        const auto parsed = boost::json::parse(file.bytes);
        for (const auto& [key, pattern] : parsed.as_object())
          one.patterns.try_emplace(std::string(key), std::string(pattern.as_string()));
      }
    });
    return one.patterns;
  }
};

Catalogues::Catalogues(std::span<const EmbeddedFile> files) : inside_(std::make_unique<Inside>()) {
  for (const auto& file : files)
    for (const auto language : all_languages)
      if (file.path.ends_with("/" + std::string(code(language)) + ".json"))
        inside_->languages[std::size_t(language)].files.push_back(file);
}

Catalogues::~Catalogues() = default;

std::string Catalogues::say(Language language, const Message& message, const Zone& zone) const {
  const auto& patterns = inside_->of(language);
  const auto found = patterns.find(message.key);
  return found == patterns.end() ? message.key : found->second.say(language, message, zone);
}

bool Catalogues::has(std::string_view key) const { return inside_->of(Language::en).contains(key); }

}  // namespace polder::i18n
