// A country as a field: one of the ISO 3166-1 alpha-2 codes.
#pragma once

#include "kernel/fields/field.h"
#include "kernel/i18n/country.h"

namespace polder::people {

struct Country {
  std::string code;
};

}  // namespace polder::people

namespace polder::fields {

template <>
struct Trait<people::Country> {
  static Field describe() { return {.kind = Kind::choice, .options = i18n::countries()}; }
  static void read(const json::value* v, people::Country& out, Reading& r) {
    out.code = text_of(v).value_or("");
    if (!i18n::is_country(out.code)) r.fault({"fields.choose"});
  }
  static json::value write(const people::Country& v) { return json::string(v.code); }
};

}  // namespace polder::fields
