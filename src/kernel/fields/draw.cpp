#include "kernel/fields/draw.h"

namespace polder::fields {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)

bool is_index(std::string_view piece) { return !piece.empty() && piece.find_first_not_of("0123456789") == piece.npos; }

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const auto dot = path.find('.');
    out.push_back(path.substr(0, dot));
    path.remove_prefix(dot == path.npos ? path.size() : dot + 1);
  }
  return out;
}

std::string dom_id(std::string_view path) {
  std::string out = "f-";
  for (const char c : path) out += c == '.' ? '-' : c;
  return out;
}

std::string_view input_type(Kind kind) {
  switch (kind) {
    case Kind::email:
      return "email";
    case Kind::password:
      return "password";
    case Kind::date:
      return "date";
    case Kind::wall_time:
      return "datetime-local";
    case Kind::address:
      return "url";
    default:
      return "text";
  }
}

/// How wide a control is drawn: as wide as what belongs into it.
std::string_view width(const Field& f) {
  switch (f.kind) {
    case Kind::number:
      return "middle";
    case Kind::date:
    case Kind::moment:
      return "middle";
    case Kind::line:
      return f.max <= 40 ? "middle" : "wide";
    default:
      return "wide";
  }
}

/// "prizes.0.kind": inside an item of a list.
bool in_row(std::string_view path) {
  const auto pieces = split(path);
  return std::any_of(pieces.begin(), pieces.end(), is_index);
}

/// "questions.0": an item of a list.
bool is_row(std::string_view path) { return is_index(path.substr(path.rfind('.') + 1)); }

Attr required_if(bool yes) { return yes ? attr("aria-required", "true") : Attr{}; }

}  // namespace

const Field* find(const Field& root, std::string_view path) {
  const Field* at = &root;
  for (const auto piece : split(path)) {
    if (at->kind == Kind::list && is_index(piece)) {
      at = &at->fields.front();
      continue;
    }
    const Field* next = nullptr;
    for (const Field& f : at->fields)
      if (f.name == piece) next = &f;
    if (next == nullptr) return nullptr;
    at = next;
  }
  return at;
}

std::string Drawing::key(std::string_view path) const {
  std::string out = act_;
  for (const auto piece : split(path))
    if (!is_index(piece)) out += '.' + std::string(piece);
  return out;
}

const json::value* Drawing::at(std::string_view path) const {
  const json::object* object = &typed_;
  const json::value* value = nullptr;
  const json::array* array = nullptr;
  for (const auto piece : split(path)) {
    if (array != nullptr) {
      std::size_t i = 0;
      std::from_chars(piece.data(), piece.data() + piece.size(), i);
      if (!is_index(piece) || i >= array->size()) return nullptr;
      value = &(*array)[i];
    } else if (object != nullptr) {
      value = object->if_contains(json::string_view(piece.data(), piece.size()));
    } else {
      return nullptr;
    }
    if (value == nullptr) return nullptr;
    object = value->if_object();
    array = value->if_array();
  }
  return value;
}

std::string Drawing::typed(std::string_view path) const { return text_of(at(path)).value_or(""); }

const Message* Drawing::fault(std::string_view path) const {
  for (const auto& error : errors_)
    if (error.field == path) return &error.message;
  return nullptr;
}

std::string Drawing::label(const Field& f, const std::string& path, const Wording& wording) const {
  const std::string words = wording.label.empty() ? t(key(path)) : wording.label;
  const bool says_optional = !f.required && f.kind != Kind::flag && f.kind != Kind::list && f.kind != Kind::choices;
  return says_optional ? t("fields.optional", {{"label", words}}) : words;
}

Html Drawing::field(std::string_view path, const Wording& wording) const {
  const Field* f = find(root_, path);
  return f == nullptr ? Html{} : control(*f, std::string(path), wording);
}

std::string Drawing::id_of(std::string_view path) const { return dom_id(path) + apart_; }

Html Drawing::error(std::string_view path) const {
  const Message* wrong = fault(path);
  if (wrong == nullptr) return {};
  return p(cls("error"), html::id(id_of(path) + "-error"), span(cls("visually-hidden"), t("fields.error"), " "),
           span(t(*wrong)));
}

Html Drawing::hidden(std::string_view path, std::string_view value) const {
  return input(attr("type", "hidden"), attr("name", path), attr("value", value));
}

Html Drawing::control(const Field& f, const std::string& path, const Wording& wording) const {
  const std::string dom = id_of(path), hint_id = dom + "-hint", error_id = dom + "-error";
  const Message* wrong = fault(path);
  const std::string hint_key = key(path) + ".hint";
  // A row's hint and whether it may stay empty are said once, by its list.
  const bool row = is_row(path), required = f.required && !row;
  const std::string hint_text = !wording.hint.empty() ? wording.hint : !row && t.knows(hint_key) ? t(hint_key) : "";
  const Html hint = hint_text.empty() ? Html{} : p(cls("hint"), html::id(hint_id), hint_text);
  const Html error = this->error(path);
  std::string described;
  if (!hint_text.empty()) described = hint_id;
  if (wrong != nullptr) described += (described.empty() ? "" : " ") + error_id;
  const Attr describedby = described.empty() ? Attr{} : attr("aria-describedby", described);
  const Attr invalid = wrong == nullptr ? Attr{} : attr("aria-invalid", "true");
  const std::string_view box = wrong == nullptr ? "field" : "field wrong";
  const std::string value = typed(path);
  const Html name = html::label(attr("for", dom), label(f, path, wording));

  switch (f.kind) {
    case Kind::group: {
      Html inner;
      for (const Field& member : f.fields)
        inner += control(member, path.empty() ? member.name : path + '.' + member.name, {});
      return path.empty() ? inner
                          : fieldset(cls("group"), html::id(dom), describedby, legend(label(f, path, wording)), hint,
                                     error, inner);
    }
    case Kind::list:
      return list(f, path);
    case Kind::flag:
      return div(
          cls(box), error,
          html::label(cls("choice"), attr("for", dom),
                      input(attr("type", "checkbox"), html::id(dom), attr("name", path), attr("value", "true"),
                            (value == "true" || value == "on" || value == "1") ? attr("checked") : Attr{}, invalid,
                            wrong == nullptr ? Attr{} : attr("aria-describedby", error_id)),
                      span(label(f, path, wording), hint_text.empty() ? Html{} : join({" ", small(hint_text)}))));
    case Kind::choice:
    case Kind::choices: {
      std::vector<std::pair<std::string, std::string>> options = wording.options;
      if (options.empty())
        for (const auto& word : f.options) options.emplace_back(word, t(key(path) + '.' + word));
      std::vector<std::string> chosen;
      if (const auto* several = at(path); several != nullptr && several->is_array())
        for (const auto& one : several->get_array()) chosen.push_back(text_of(&one).value_or(""));
      else if (!value.empty())
        chosen.push_back(value);
      const auto is_chosen = [&](const std::string& word) {
        return std::find(chosen.begin(), chosen.end(), word) != chosen.end();
      };
      // In the rows of a list a choice must be able to stay empty, or be emptied again: a select can.
      if (wording.as_select || in_row(path)) {
        Html items = option(attr("value", ""), t("fields.choose-one"));
        for (const auto& [word, words] : options)
          items += option(attr("value", word), is_chosen(word) ? attr("selected") : Attr{}, words);
        return div(cls(box), name, hint, error,
                   select(html::id(dom), attr("name", path), describedby, invalid, required_if(required), items));
      }
      Html items;
      std::size_t i = 0;
      for (const auto& [word, words] : options) {
        // The first choice carries the field's own id: where the error summary leads to.
        const std::string own = i == 0 ? dom : dom + "-" + std::to_string(i);
        const std::string more = key(path) + '.' + word + ".hint";
        const bool has_more = wording.options.empty() && t.knows(more);
        items += html::label(cls("choice"), attr("for", own),
                             input(attr("type", f.kind == Kind::choice ? "radio" : "checkbox"), html::id(own),
                                   attr("name", path), attr("value", word), is_chosen(word) ? attr("checked") : Attr{}),
                             span(words, has_more ? join({" ", small(t(more))}) : Html{}));
        ++i;
      }
      return fieldset(cls(box), describedby, legend(label(f, path, wording)), hint, error, div(cls("choices"), items));
    }
    case Kind::text: {
      const std::string count_id = dom + "-count";
      const std::string all_ids = described.empty() ? count_id : described + ' ' + count_id;
      const std::int64_t rows = wording.rows != 0 ? std::int64_t(wording.rows)
                                : f.max > 4'000   ? 9
                                : f.max > 800     ? 5
                                                  : 3;
      return div(
          cls(box), name, hint, error,
          textarea(html::id(dom), attr("name", path), attr("rows", rows), attr("data-count", count_id),
                   attr("data-limit", f.max), attr("aria-describedby", all_ids), invalid, required_if(required), value),
          p(cls("count"), html::id(count_id), attr("data-left", t("fields.characters-left")),
            attr("data-over", t("fields.characters-over")), t("fields.at-most", {{"max", f.max}})));
    }
    case Kind::file:
      return div(
          cls(box), name, hint, error,
          input(attr("type", "file"), html::id(dom), attr("name", path), describedby, invalid, required_if(required)));
    case Kind::id:
      return hidden(path, value);
    default:
      return div(cls(box), name, hint, error,
                 input(attr("type", input_type(f.kind)), html::id(dom), cls(width(f)), attr("name", path),
                       f.kind == Kind::password ? Attr{} : attr("value", value),
                       f.kind == Kind::number    ? attr("inputmode", "numeric")
                       : f.kind == Kind::decimal ? attr("inputmode", "decimal")
                                                 : Attr{},
                       wording.autocomplete.empty() ? Attr{} : attr("autocomplete", wording.autocomplete),
                       f.kind == Kind::slug || f.kind == Kind::email ? attr("autocapitalize", "none") : Attr{},
                       describedby, invalid, required_if(required)));
  }
}

Html Drawing::list(const Field& f, const std::string& path) const {
  // Without JavaScript a list grows by sending the form: two empty rows always wait at its end. Empty rows are dropped.
  std::size_t rows = 0;
  if (const auto* given = at(path)) {
    if (const auto* array = given->if_array()) rows = array->size();
    if (const auto* object = given->if_object())
      for (const auto& pair : *object) {
        const std::string_view digits = pair.key();
        std::size_t i = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), i);
        rows = std::max(rows, i + 1);
      }
  }
  rows = std::min(std::size_t(f.max), rows + 2);
  Html items;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string row = path + '.' + std::to_string(i);
    const std::string row_label = t(key(path) + ".row", {{"n", std::int64_t(i + 1)}});
    const Field& item = f.fields.front();
    if (item.kind == Kind::group) {
      Html inner;
      for (const Field& member : item.fields) inner += control(member, row + '.' + member.name, {});
      items += fieldset(cls("group row"), legend(row_label), inner);
    } else {
      items += control(item, row, {.label = row_label});
    }
  }
  const std::string hint_key = key(path) + ".hint";
  const Attr describedby = fault(path) == nullptr ? Attr{} : attr("aria-describedby", id_of(path) + "-error");
  return fieldset(cls("list"), html::id(id_of(path)), describedby, legend(t(key(path))),
                  t.knows(hint_key) ? p(cls("hint"), t(hint_key)) : Html{}, error(path), items);
}

Html Drawing::all() const { return control(root_, "", {}); }

namespace {
void hide(const Field* f, const json::value& v, const std::string& path, Html& out) {
  if (f != nullptr && f->kind == Kind::password) return;  // a secret is typed again, never sent back
  const auto inner = [&](std::string_view name) { return f == nullptr ? nullptr : find(*f, name); };
  const auto below = [&](std::string_view name) {
    return path.empty() ? std::string(name) : path + '.' + std::string(name);
  };
  if (const auto* object = v.if_object()) {
    for (const auto& pair : *object) hide(inner(pair.key()), pair.value(), below(pair.key()), out);
  } else if (const auto* array = v.if_array()) {
    std::size_t i = 0;
    for (const auto& item : *array) {
      const std::string row = std::to_string(i++);
      if (item.is_object())
        hide(inner(row), item, below(row), out);
      else
        hide(f, item, path, out);
    }
  } else if (const auto said = text_of(&v)) {
    out += input(attr("type", "hidden"), attr("name", path), attr("value", *said));
  }
}
}  // namespace

Html Drawing::all_hidden() const {
  Html out;
  hide(&root_, json::value(typed_), "", out);
  return out;
}

Html Drawing::summary() const {
  if (errors_.empty()) return {};
  Html items;
  for (const auto& error : errors_) {
    const Field* f = find(root_, error.field);
    std::string name = f == nullptr || !t.knows(key(error.field)) ? std::string() : t(key(error.field));
    if (!name.empty()) name += name.ends_with('?') ? " " : ": ";
    const bool drawn = f != nullptr && f->kind != Kind::id;
    items +=
        li(drawn ? a(href(Url::fragment(id_of(error.field))), name, t(error.message)) : join({name, t(error.message)}));
  }
  return div(cls("summary"), attr("role", "alert"), attr("tabindex", "-1"), attr("data-focus"),
             attr("aria-labelledby", "errors"), h2(html::id("errors"), t("fields.summary")), ul(items));
}

}  // namespace polder::fields
