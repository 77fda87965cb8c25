#include "governance/checks.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "governance/fault.h"
#include "kernel/i18n/format.h"
#include "kernel/text/text.h"

namespace polder::governance {
namespace {

constexpr bool lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool alnum(char c) { return lower(c) || digit(c) || (c >= 'A' && c <= 'Z'); }

double luminance(std::string_view colour) {
  auto channel = [&](std::size_t at) {
    const double v = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

}  // namespace

bool is_slug(std::string_view text) {
  return !text.empty() && text.size() <= 40 && lower(text.front()) && text.back() != '-' &&
         text.find("--") == text.npos &&
         std::ranges::all_of(text, [](char c) { return lower(c) || digit(c) || c == '-'; });
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  std::size_t start = 0;
  while (true) {
    const auto label = text.substr(start, std::min(text.find('.', start), text.size()) - start);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' ||
        !std::ranges::all_of(label, [](char c) { return lower(c) || digit(c) || c == '-'; }))
      return false;
    start += label.size() + 1;
    if (start > text.size()) return !std::ranges::all_of(label, digit);  // else it could be an address
  }
}

bool is_url(std::string_view text) {
  if (text.size() > 2'000) return false;
  if (text.starts_with("https://"))
    text.remove_prefix(8);
  else if (text.starts_with("http://"))
    text.remove_prefix(7);
  else
    return false;
  constexpr std::string_view others = "-._~:/?#[]@!$&'()*+,;=%";
  if (!std::ranges::all_of(text, [&](char c) { return alnum(c) || others.find(c) != others.npos; })) return false;
  auto authority = text.substr(0, std::min(text.find_first_of("/?#"), text.size()));
  if (const auto colon = authority.find(':'); colon != authority.npos) {
    const auto port = authority.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, digit)) return false;
    authority = authority.substr(0, colon);
  }
  return is_host(authority);
}

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         std::ranges::all_of(text.substr(1), [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_timezone(std::string_view text) { return i18n::Zone::named(text).has_value(); }

std::string nearest_timezone(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UEnumeration, decltype(&uenum_close)> all(
      ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, &status), &uenum_close);
  std::vector<std::string> known{"UTC"};
  std::int32_t size = 0;
  while (U_SUCCESS(status)) {
    const char* id = uenum_next(all.get(), &size, &status);
    if (!id) break;
    known.emplace_back(id, static_cast<std::size_t>(size));
  }
  return nearest(text, known);
}

double contrast(std::string_view a, std::string_view b) {
  const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
  return (light + 0.05) / (dark + 0.05);
}

std::string shown(std::string_view text, std::size_t limit) {
  const auto clean = text::clean(text, text::Lines::one);
  return clean ? text::excerpt(*clean, limit) : "\uFFFD";
}

}  // namespace polder::governance
