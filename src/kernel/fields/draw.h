// A form from the description of an act: each field with its label above, its hint, its fault beside it, and what was
// typed kept. The words are the catalogue's: `<act>.<field>`, `<act>.<field>.hint`, `<act>.<field>.<option>`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields/field.h"
#include "kernel/html/html.h"
#include "kernel/i18n/voice.h"

namespace polder::fields {

using html::Html;

/// What one control may have said otherwise than the catalogue does.
struct Wording {
  std::string label = {};
  std::string hint = {};
  std::string autocomplete = {};                                  ///< WHATWG HTML autofill: "email", "new-password"
  std::size_t rows = 0;                                           ///< of a textarea
  std::vector<std::pair<std::string, std::string>> options = {};  ///< a choice's values and labels, or a select's
  bool as_select = false;
};

class Drawing {
 public:
  /// `act` is the act's name; `typed` what the person sent, or the values to begin with; `errors` what was wrong;
  /// `apart` ends the ids, where a page has this form more than once.
  Drawing(const i18n::Voice& voice, std::string act, const Field& description, const json::object& typed,
          std::span<const FieldError> errors, std::string apart = {})
      : t(voice), act_(std::move(act)), root_(description), typed_(typed), errors_(errors), apart_(std::move(apart)) {}

  /// Every field in the order of its declaration.
  Html all() const;
  /// One field by its path: "title", "questions.0.words".
  Html field(std::string_view path, const Wording& wording = {}) const;
  /// The fault of one field, for a control that is drawn by hand; nothing when there is none.
  Html error(std::string_view path) const;
  /// A value that travels unseen.
  Html hidden(std::string_view path, std::string_view value) const;
  /// Everything that was typed, as hidden fields: for the page on which it is looked at once more.
  Html all_hidden() const;
  /// The list of faults with links to their fields, for the top of the page; nothing when there are none.
  Html summary() const;

  std::string typed(std::string_view path) const;  ///< as text; empty when absent

 private:
  Html control(const Field& f, const std::string& path, const Wording& wording) const;
  Html list(const Field& f, const std::string& path) const;
  const json::value* at(std::string_view path) const;
  std::string label(const Field& f, const std::string& path, const Wording& wording) const;
  const Message* fault(std::string_view path) const;
  std::string key(std::string_view path) const;
  std::string id_of(std::string_view path) const;

  const i18n::Voice& t;
  std::string act_;
  const Field& root_;
  const json::object& typed_;
  std::span<const FieldError> errors_;
  std::string apart_;
};

/// The description of a field by its path ("questions.0.words"), or null.
const Field* find(const Field& root, std::string_view path);

}  // namespace polder::fields
