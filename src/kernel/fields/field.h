// Field types: what an act is made of. Each type knows its limits, and one small trait reads it from JSON, writes it
// as the canonical content that the record commits to, and describes it. From the description come the web form, the
// JSON schema, the OpenAPI entry and the command line (draw.h, schema.h): nothing about an act is said twice.
//
//   struct Respond {
//     Id consultation;
//     fields::Text<20'000> words;
//     Visibility visibility{};
//   };
//   BOOST_DESCRIBE_STRUCT(Respond, (), (consultation, words, visibility))
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "kernel/base/encode.h"
#include "kernel/base/id.h"
#include "kernel/base/result.h"
#include "kernel/base/time.h"
#include "kernel/crypto/crypto.h"
#include "kernel/text/text.h"

namespace polder::fields {

namespace json = boost::json;

// ---- the types ----

/// One line of text: cleaned, at most Max code points.
template <std::size_t Max>
struct Line {
  std::string value;
  operator std::string_view() const { return value; }  // NOLINT(google-explicit-constructor)
};

/// Several lines of plain text.
template <std::size_t Max>
struct Text {
  std::string value;
  operator std::string_view() const { return value; }  // NOLINT(google-explicit-constructor)
};

/// An e-mail address in its one spelling (text::normal_email).
struct Email {
  std::string value;
};

/// A secret: never shown again, never in the record, never in a log.
struct Password {
  std::string value;
};

/// A name for addresses: lower-case letters, digits and single hyphens, 2 to 60.
struct Slug {
  std::string value;
};

/// A web address (http or https).
struct WebAddress {
  std::string value;
};

template <std::int64_t Min, std::int64_t Max>
struct Number {
  std::int64_t value = Min;
};

/// An exact decimal: `units` of a 10^-Places, from 0 to MaxWhole. Money in minor units, marks, weights.
template <int Places, std::int64_t MaxWhole>
struct Decimal {
  std::int64_t units = 0;
};

/// A date and a time of day on the platform's wall, as HTML's datetime-local has it: "2026-12-01T17:00". Whoever reads
/// the act knows the zone.
struct WallTime {
  Date date;
  int hour = 0, minute = 0;
};

/// An uploaded file. The record commits to its name, size and SHA-256; the bytes are kept by the act.
template <std::size_t MaxBytes>
struct File {
  std::string name;
  std::string bytes;
};

/// At most Max of them.
template <class T, std::size_t Max>
struct List {
  std::vector<T> items;
};

// ---- the description ----

enum class Kind {
  line,
  text,
  email,
  password,
  slug,
  address,
  number,
  decimal,
  flag,
  date,
  moment,
  wall_time,
  choice,
  choices,
  id,
  file,
  group,
  list
};

struct Field {
  std::string name = {};
  Kind kind = Kind::line;
  bool required = true;
  std::int64_t min = 0;                   ///< of a number
  int places = 0;                         ///< of a decimal: digits after the point
  std::int64_t max = 0;                   ///< code points, bytes of a file, items of a list, or the largest number
  std::vector<std::string> options = {};  ///< of a choice
  std::vector<Field> fields = {};         ///< of a group, and of a list's items
};

/// More faults than a person would read are not collected: a hostile body could have millions.
inline constexpr std::size_t most_faults = 200;

/// Where a value is read: the path so far and the errors found.
struct Reading {
  std::vector<FieldError>& errors;
  std::string path = {};

  void fault(Message message) {
    if (errors.size() < most_faults) errors.push_back({path, std::move(message)});
  }
  Reading inside(std::string_view name) const {
    return {errors, path.empty() ? std::string(name) : path + '.' + std::string(name)};
  }
};

template <class T>
struct Trait;

/// What a JSON value says when a text is wanted: forms send everything as text, the API may send numbers and flags.
std::optional<std::string> text_of(const json::value* v);

/// A text from outside, cleaned and measured; empty when missing or at fault. Faults are reported.
std::string read_text(const json::value* v, Reading& r, text::Lines lines, std::size_t max);

/// Missing, null, a text that shows nothing, or a group of such: what a form sends for fields left empty.
bool absent(const json::value* v);

template <std::size_t Max>
struct Trait<Line<Max>> {
  static Field describe() { return {.kind = Kind::line, .max = Max}; }
  static void read(const json::value* v, Line<Max>& out, Reading& r) {
    out.value = read_text(v, r, text::Lines::one, Max);
  }
  static json::value write(const Line<Max>& v) { return json::string(v.value); }
};

template <std::size_t Max>
struct Trait<Text<Max>> {
  static Field describe() { return {.kind = Kind::text, .max = Max}; }
  static void read(const json::value* v, Text<Max>& out, Reading& r) {
    out.value = read_text(v, r, text::Lines::many, Max);
  }
  static json::value write(const Text<Max>& v) { return json::string(v.value); }
};

template <>
struct Trait<Email> {
  static Field describe() { return {.kind = Kind::email, .max = 254}; }
  static void read(const json::value* v, Email& out, Reading& r);
  static json::value write(const Email& v) { return json::string(v.value); }
};

template <>
struct Trait<Password> {
  static Field describe() { return {.kind = Kind::password, .max = 256}; }
  static void read(const json::value* v, Password& out, Reading& r);
  static json::value write(const Password&) { return nullptr; }
};

template <>
struct Trait<Slug> {
  static Field describe() { return {.kind = Kind::slug, .max = 60}; }
  static void read(const json::value* v, Slug& out, Reading& r);
  static json::value write(const Slug& v) { return json::string(v.value); }
};

template <>
struct Trait<WebAddress> {
  static Field describe() { return {.kind = Kind::address, .max = 2'000}; }
  static void read(const json::value* v, WebAddress& out, Reading& r);
  static json::value write(const WebAddress& v) { return json::string(v.value); }
};

std::optional<std::int64_t> read_number(const json::value* v, Reading& r, std::int64_t min, std::int64_t max);

template <std::int64_t Min, std::int64_t Max>
struct Trait<Number<Min, Max>> {
  static Field describe() { return {.kind = Kind::number, .min = Min, .max = Max}; }
  static void read(const json::value* v, Number<Min, Max>& out, Reading& r) {
    if (const auto n = read_number(v, r, Min, Max)) out.value = *n;
  }
  static json::value write(const Number<Min, Max>& v) { return v.value; }
};

/// "12", "12.5" or "12,5", blanks between digits allowed ("15 000"); never more digits after the point than `places`,
/// so that "15.000" is asked about, not guessed at. In units of 10^-places.
std::optional<std::int64_t> read_decimal(const json::value* v, Reading& r, int places, std::int64_t max_whole);
/// 1250 with two places is "12.50".
std::string decimal_text(std::int64_t units, int places);

template <int Places, std::int64_t MaxWhole>
struct Trait<Decimal<Places, MaxWhole>> {
  static Field describe() { return {.kind = Kind::decimal, .places = Places, .max = MaxWhole}; }
  static void read(const json::value* v, Decimal<Places, MaxWhole>& out, Reading& r) {
    if (const auto units = read_decimal(v, r, Places, MaxWhole)) out.units = *units;
  }
  static json::value write(const Decimal<Places, MaxWhole>& v) { return json::string(decimal_text(v.units, Places)); }
};

template <>
struct Trait<WallTime> {
  static Field describe() { return {.kind = Kind::wall_time, .max = 19}; }
  static void read(const json::value* v, WallTime& out, Reading& r);
  static json::value write(const WallTime& v);
};

template <>
struct Trait<bool> {
  static Field describe() { return {.kind = Kind::flag, .required = false}; }
  static void read(const json::value* v, bool& out, Reading& r);
  static json::value write(bool v) { return v; }
};

template <>
struct Trait<Id> {
  static Field describe() { return {.kind = Kind::id, .max = 13}; }
  static void read(const json::value* v, Id& out, Reading& r);
  static json::value write(Id v) { return json::string(polder::str(v)); }
};

template <>
struct Trait<Date> {
  static Field describe() { return {.kind = Kind::date, .max = 10}; }
  static void read(const json::value* v, Date& out, Reading& r);
  static json::value write(Date v) { return json::string(iso(v)); }
};

template <>
struct Trait<Time> {
  static Field describe() { return {.kind = Kind::moment, .max = 35}; }
  static void read(const json::value* v, Time& out, Reading& r);
  static json::value write(Time v) { return json::string(iso(v)); }  ///< whole seconds, as `read` gives
};

struct Upload {
  std::string name, bytes;
};
std::optional<Upload> read_file(const json::value* v, Reading& r, std::size_t max);
json::value write_file(std::string_view name, std::string_view bytes);

template <std::size_t Max>
struct Trait<File<Max>> {
  static Field describe() { return {.kind = Kind::file, .max = Max}; }
  static void read(const json::value* v, File<Max>& out, Reading& r) {
    if (auto f = read_file(v, r, Max)) out = {std::move(f->name), std::move(f->bytes)};
  }
  static json::value write(const File<Max>& v) { return write_file(v.name, v.bytes); }
};

template <class T>
struct Trait<std::optional<T>> {
  static Field describe() {
    Field f = Trait<T>::describe();
    f.required = false;
    return f;
  }
  static void read(const json::value* v, std::optional<T>& out, Reading& r) {
    out.reset();
    if (!absent(v)) Trait<T>::read(v, out.emplace(), r);
  }
  static json::value write(const std::optional<T>& v) { return v ? Trait<T>::write(*v) : nullptr; }
};

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// A described enumerator's word outside the program: `public_name` is "public-name".
std::string word(std::string_view enumerator);

template <DescribedEnum T>
std::string word_of(T value) {
  return word(boost::describe::enum_to_string(value, ""));
}

template <DescribedEnum T>
std::optional<T> parse_word(std::string_view text) {
  std::optional<T> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto e) {
    if (word(e.name) == text) found = e.value;
  });
  return found;
}

template <DescribedEnum T>
struct Trait<T> {
  static Field describe() {
    Field f{.kind = Kind::choice};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto e) { f.options.push_back(word(e.name)); });
    return f;
  }
  static void read(const json::value* v, T& out, Reading& r) {
    if (absent(v)) return r.fault({"fields.choose"});
    const auto said = text_of(v);
    if (const auto value = said ? parse_word<T>(*said) : std::nullopt)
      out = *value;
    else
      r.fault({"fields.not-an-option"});
  }
  static json::value write(T v) { return json::string(word_of(v)); }
};

/// Items of a list: a JSON array; from a form an object with the keys 0, 1, …, in which wholly empty rows are left out;
/// or a single value where one box of several was ticked. A fault is told of the row in which the person typed.
struct Item {
  std::size_t row;
  const json::value* value;
};
std::vector<Item> items_of(const json::value* v, Reading& r, std::size_t max);

template <class T, std::size_t Max>
struct Trait<List<T, Max>> {
  static Field describe() {
    Field item = Trait<T>::describe();
    if (item.kind == Kind::choice)
      return {.kind = Kind::choices, .required = false, .max = Max, .options = item.options};
    return {.kind = Kind::list, .required = false, .max = Max, .fields = {std::move(item)}};
  }
  static void read(const json::value* v, List<T, Max>& out, Reading& r) {
    out.items.clear();
    for (const auto& [row, item] : items_of(v, r, Max)) {
      Reading inside = r.inside(std::to_string(row));
      Trait<T>::read(item, out.items.emplace_back(), inside);
    }
  }
  static json::value write(const List<T, Max>& v) {
    json::array out;
    for (const T& item : v.items) out.push_back(Trait<T>::write(item));
    return out;
  }
};

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <DescribedStruct T>
struct Trait<T> {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

  static Field describe() {
    Field f{.kind = Kind::group};
    boost::mp11::mp_for_each<Members>([&](auto m) {
      using M = std::remove_cvref_t<decltype(std::declval<T>().*m.pointer)>;
      Field member = Trait<M>::describe();
      member.name = word(m.name);
      f.fields.push_back(std::move(member));
    });
    return f;
  }

  static void read(const json::value* v, T& out, Reading& r) {
    static const json::object nothing;
    const json::object* object = v == nullptr ? &nothing : v->if_object();
    if (object == nullptr) return r.fault({"fields.not-an-object"});
    read_members(*object, out, r);
  }

  static void read_members(const json::object& object, T& out, Reading& r) {
    std::size_t known = 0;
    boost::mp11::mp_for_each<Members>([&](auto m) {
      using M = std::remove_cvref_t<decltype(out.*m.pointer)>;
      const std::string name = word(m.name);
      const json::value* inner = object.if_contains(name);
      if (inner != nullptr) ++known;
      Reading inside = r.inside(name);
      Trait<M>::read(inner, out.*m.pointer, inside);
    });
    // What nobody asked for is refused, not ignored: a misspelt field must not vanish without a word.
    if (known < object.size())
      for (const auto& [key, ignored] : object) {
        bool found = false;
        boost::mp11::mp_for_each<Members>([&](auto m) { found = found || word(m.name) == std::string_view(key); });
        if (!found) r.inside(std::string_view(key)).fault({"fields.unknown"});
      }
  }

  /// The canonical content: members in the order of their declaration; absent optionals and secrets left out.
  static json::value write(const T& v) {
    json::object out;
    boost::mp11::mp_for_each<Members>([&](auto m) {
      using M = std::remove_cvref_t<decltype(v.*m.pointer)>;
      json::value inner = Trait<M>::write(v.*m.pointer);
      if (!inner.is_null()) out.emplace(word(m.name), std::move(inner));
    });
    return out;
  }
};

/// Reads a whole act; every fault is reported at once, each with its path.
template <DescribedStruct T>
Result<T> read(const json::object& raw) {
  std::vector<FieldError> errors;
  Reading r{errors};
  T out{};
  Trait<T>::read_members(raw, out, r);
  if (errors.empty()) return out;
  return std::unexpected(Refusal{.why = Why::invalid, .message = {"fields.summary"}, .fields = std::move(errors)});
}

template <DescribedStruct T>
std::string write(const T& v) {
  return json::serialize(Trait<T>::write(v));
}

template <DescribedStruct T>
Field describe() {
  return Trait<T>::describe();
}

}  // namespace polder::fields
