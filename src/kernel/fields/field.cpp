#include "kernel/fields/field.h"

#include "kernel/html/html.h"

namespace polder::fields {

std::string word(std::string_view enumerator) {
  std::string out(enumerator);
  for (char& c : out)
    if (c == '_') c = '-';
  if (out.ends_with('-')) out.pop_back();
  return out;
}

std::optional<std::string> text_of(const json::value* v) {
  if (v == nullptr) return std::nullopt;
  if (const auto* s = v->if_string()) return std::string(*s);
  if (v->is_int64()) return std::to_string(v->get_int64());
  if (v->is_uint64()) return std::to_string(v->get_uint64());
  if (v->is_bool()) return v->get_bool() ? "true" : "false";
  return std::nullopt;
}

bool absent(const json::value* v) {
  if (v == nullptr || v->is_null()) return true;
  if (const auto* object = v->if_object())
    return std::all_of(object->begin(), object->end(), [](const auto& member) { return absent(&member.value()); });
  if (const auto* words = v->if_string()) {
    const auto cleaned = text::clean(*words, text::Lines::many);
    return cleaned && cleaned->empty();
  }
  return false;
}

namespace {
/// A word, a number or a date, without the blanks that come along when one is pasted.
std::string token_of(const json::value* v) {
  const std::string said = text_of(v).value_or("");
  const auto first = said.find_first_not_of(" \t\r\n");
  return first == said.npos ? "" : said.substr(first, said.find_last_not_of(" \t\r\n") - first + 1);
}
}  // namespace

std::string read_text(const json::value* v, Reading& r, text::Lines lines, std::size_t max) {
  const auto said = text_of(v);
  if (!absent(v) && !said) {
    r.fault({"fields.not-a-text"});
    return {};
  }
  auto cleaned = text::clean(said.value_or(""), lines);
  if (!cleaned) {
    r.fault(cleaned.error().message);
    return {};
  }
  if (cleaned->empty()) {
    r.fault({"fields.required"});
  } else if (const auto length = text::length(*cleaned); length > max) {
    r.fault({"fields.too-long", {{"max", std::int64_t(max)}, {"over", std::int64_t(length - max)}}});
    return {};
  }
  return *std::move(cleaned);
}

void Trait<Email>::read(const json::value* v, Email& out, Reading& r) {
  const std::string typed = read_text(v, r, text::Lines::one, 254);
  if (typed.empty()) return;
  if (auto address = text::normal_email(typed))
    out.value = *std::move(address);
  else
    r.fault({"fields.not-an-email"});
}

void Trait<Password>::read(const json::value* v, Password& out, Reading& r) {
  // Not cleaned: a password is the bytes that its owner's keyboard makes.
  const auto said = text_of(v);
  if (!said || said->empty()) return r.fault({"fields.required"});
  if (!text::valid_utf8(*said)) return r.fault({"fields.not-a-text"});
  if (said->size() > 256)
    return r.fault({"fields.too-long", {{"max", 256}, {"over", std::int64_t(said->size()) - 256}}});
  out.value = *said;
}

void Trait<Slug>::read(const json::value* v, Slug& out, Reading& r) {
  const std::string typed = read_text(v, r, text::Lines::one, 60);
  if (typed.empty()) return;
  bool good = typed.size() >= 2 && typed.front() != '-' && typed.back() != '-' && typed.find("--") == typed.npos;
  for (const char c : typed) good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  if (!good) return r.fault({"fields.not-a-slug"});
  out.value = typed;
}

void Trait<WebAddress>::read(const json::value* v, WebAddress& out, Reading& r) {
  const std::string typed = read_text(v, r, text::Lines::one, 2'000);
  if (typed.empty()) return;
  // What is kept can be linked to: the page's own rule decides.
  if (!typed.starts_with("http") || !html::Url::external(typed)) return r.fault({"fields.not-an-address"});
  out.value = typed;
}

std::optional<std::int64_t> read_number(const json::value* v, Reading& r, std::int64_t min, std::int64_t max) {
  if (absent(v)) {
    r.fault({"fields.required"});
    return std::nullopt;
  }
  const std::string said = token_of(v);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(said.data(), said.data() + said.size(), value);
  if (error != std::errc{} || end != said.data() + said.size()) {
    r.fault({"fields.not-a-number"});
    return std::nullopt;
  }
  if (value < min || value > max) {
    r.fault({"fields.out-of-range", {{"min", min}, {"max", max}}});
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> read_decimal(const json::value* v, Reading& r, int places, std::int64_t max_whole) {
  const auto fault = [&](Message message) -> std::optional<std::int64_t> {
    r.fault(std::move(message));
    return std::nullopt;
  };
  if (absent(v)) return fault({"fields.required"});
  // A JSON number is read by its shortest spelling, so that 0.1 is a tenth.
  char shortest[32];
  std::string said = token_of(v);
  if (v->is_double()) said = {shortest, std::to_chars(shortest, shortest + sizeof shortest, v->get_double()).ptr};
  std::int64_t units = 0;
  int after = -1;  // digits after the point; -1 before it
  bool digits = false;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const char c = said[i];
    if (c >= '0' && c <= '9') {
      if (after >= 0) ++after;
      if (after > places || units > (std::numeric_limits<std::int64_t>::max() - 9) / 10) break;
      units = units * 10 + (c - '0');
      digits = true;
    } else if ((c == '.' || c == ',') && after < 0 && digits && places > 0 && i + 1 < said.size()) {
      after = 0;
    } else if (c != ' ' || after >= 0) {
      return fault({"fields.not-a-decimal", {{"places", std::int64_t(places)}}});
    }
  }
  if (!digits || after > places) return fault({"fields.not-a-decimal", {{"places", std::int64_t(places)}}});
  std::int64_t unit = 1;
  for (int i = 0; i < places; ++i) unit *= 10;
  for (int i = std::max(after, 0); i < places; ++i)
    if (units <= std::numeric_limits<std::int64_t>::max() / 10) units *= 10;
  if (units > max_whole * unit) return fault({"fields.out-of-range", {{"min", std::int64_t{0}}, {"max", max_whole}}});
  return units;
}

std::string decimal_text(std::int64_t units, int places) {
  std::string out = std::to_string(units);
  if (places == 0) return out;
  if (out.size() <= std::size_t(places)) out.insert(0, std::size_t(places) + 1 - out.size(), '0');
  out.insert(out.size() - std::size_t(places), 1, '.');
  return out;
}

void Trait<WallTime>::read(const json::value* v, WallTime& out, Reading& r) {
  if (absent(v)) return r.fault({"fields.required"});
  // With seconds, some browsers say them, or without.
  std::string said = token_of(v);
  if (said.size() == 16) said += ":00";
  const auto at = said.size() == 19 && (said[10] == 'T' || said[10] == ' ') ? parse_time(said + 'Z') : std::nullopt;
  if (!at) return r.fault({"fields.not-a-wall-time"});
  const std::int64_t minutes = (*at - start_of(date_of(*at))) / minute_ms;
  out = {date_of(*at), int(minutes / 60), int(minutes % 60)};
}

json::value Trait<WallTime>::write(const WallTime& v) {
  const Time at = start_of(v.date) + v.hour * hour_ms + v.minute * minute_ms;
  return json::string(iso(at).substr(0, 16));
}

void Trait<bool>::read(const json::value* v, bool& out, Reading& r) {
  if (absent(v)) {
    out = false;
    return;
  }
  const std::string said = token_of(v);
  if (said == "true" || said == "on" || said == "1")
    out = true;
  else if (said == "false" || said == "off" || said == "0")
    out = false;
  else
    r.fault({"fields.not-a-flag"});
}

void Trait<Id>::read(const json::value* v, Id& out, Reading& r) {
  if (absent(v)) return r.fault({"fields.required"});
  if (const auto id = parse_id(token_of(v)))
    out = *id;
  else
    r.fault({"fields.not-an-id"});
}

void Trait<Date>::read(const json::value* v, Date& out, Reading& r) {
  if (absent(v)) return r.fault({"fields.required"});
  if (const auto date = parse_date(token_of(v)))
    out = *date;
  else
    r.fault({"fields.not-a-date"});
}

void Trait<Time>::read(const json::value* v, Time& out, Reading& r) {
  if (absent(v)) return r.fault({"fields.required"});
  if (const auto time = parse_time(token_of(v)))
    out = *time - ((time->ms % second_ms) + second_ms) % second_ms;  // what the record can say: whole seconds
  else
    r.fault({"fields.not-a-moment"});
}

std::optional<Upload> read_file(const json::value* v, Reading& r, std::size_t max) {
  const auto* object = v == nullptr ? nullptr : v->if_object();
  const auto* name = object == nullptr ? nullptr : object->if_contains("name");
  const auto* content = object == nullptr ? nullptr : object->if_contains("base64");
  if (absent(name) || content == nullptr || !content->is_string() || object->size() != 2) {
    r.fault({"fields.no-file"});
    return std::nullopt;
  }
  const auto& encoded = content->get_string();
  if (encoded.size() / 4 * 3 > max + 2) {
    r.fault({"fields.file-too-large", {{"max", std::int64_t(max)}}});
    return std::nullopt;
  }
  auto bytes = unbase64(encoded);
  auto clean_name = text::clean(text_of(name).value_or(""), text::Lines::one);
  // A browser may send a path; only its last piece is a name.
  if (clean_name) clean_name->erase(0, clean_name->find_last_of("/\\") + 1);
  if (!bytes || !clean_name || clean_name->empty() || text::length(*clean_name) > 255) {
    r.fault({"fields.no-file"});
    return std::nullopt;
  }
  if (bytes->size() > max) {
    r.fault({"fields.file-too-large", {{"max", std::int64_t(max)}}});
    return std::nullopt;
  }
  return Upload{*std::move(clean_name), *std::move(bytes)};
}

json::value write_file(std::string_view name, std::string_view bytes) {
  return json::object{
      {"name", name}, {"size", std::int64_t(bytes.size())}, {"sha256", hex(crypto::view(crypto::sha256(bytes)))}};
}

std::vector<Item> items_of(const json::value* v, Reading& r, std::size_t max) {
  std::vector<Item> out;
  if (absent(v)) return out;
  if (const auto* array = v->if_array()) {
    for (const auto& item : *array) out.push_back({out.size(), &item});
  } else if (const auto* object = v->if_object()) {
    std::map<std::size_t, const json::value*> rows;
    for (const auto& [key, item] : *object) {
      const std::string_view digits = key;
      std::size_t i = 0;
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), i);
      // Only the one spelling of a number, or "01" would silently take the place of "1".
      if (error != std::errc{} || end != digits.data() + digits.size() || std::to_string(i) != digits) {
        r.fault({"fields.not-a-list"});
        return {};
      }
      if (!absent(&item)) rows[i] = &item;
    }
    for (const auto& [i, item] : rows) out.push_back({i, item});
  } else {
    out.push_back({0, v});
  }
  if (out.size() > max) {
    r.fault({"fields.too-many", {{"max", std::int64_t(max)}}});
    out.resize(max);
  }
  return out;
}

}  // namespace polder::fields
