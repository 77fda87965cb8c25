// Reads typed values from one table of a document, and reports each fault with its place. Knows no charter: parse.cpp
// says which keys there are. Every key that was asked for is known; finish() reports the others.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "governance/charter.h"
#include "governance/document.h"
#include "governance/fault.h"

namespace polder::governance {

/// In the order of the file, however they were found.
class Faults {
 public:
  void add(Place place, std::string key, Message wrong, Message right);
  std::vector<Fault> take() { return std::move(faults_); }
  std::size_t count() const { return faults_.size(); }

 private:
  std::vector<Fault> faults_;
};

enum class Need { required, optional };

/// How much a text may hold. `lines`: whether it may have more than one.
struct Room {
  std::size_t limit = 200;
  bool lines = false;
};

/// A word of a list, with where it stands, so that its fault can be reported there.
struct Word {
  std::string text;
  Place at;
  std::string key;
};

/// "Did you mean …?", or all known words where none is near.
Message suggestion(std::string_view word, std::span<const std::string> known);

class Reader {
 public:
  /// `table` may be null: every answer is then the default and nothing more is reported.
  Reader(Faults& faults, const Node* table, std::string path);

  explicit operator bool() const { return table_ != nullptr; }
  Place place() const { return table_ ? table_->at : Place{}; }
  std::string path(std::string_view key) const;
  void fault(std::string_view key, Message wrong, Message right);

  std::string text(std::string_view key, Need need, Room room = {});
  /// A text that must pass `check`. `kind` ends the keys of the messages when it does not; `near` may know what was
  /// meant instead.
  std::string checked(std::string_view key, Need need, bool (*check)(std::string_view), std::string_view kind,
                      std::string (*near)(std::string_view) = nullptr);
  /// One text for all, or a table with a text for each language. `languages` are the platform's, the first required;
  /// `spoken` are all that Polder speaks.
  LocalText local(std::string_view key, Need need, Room room, std::span<const std::string> languages,
                  std::span<const std::string> spoken);
  std::int64_t number(std::string_view key, Need need, std::int64_t from, std::int64_t to, std::int64_t otherwise);
  bool yes(std::string_view key, bool otherwise);
  std::optional<Date> date(std::string_view key);
  /// One of these words; the first where it is missing or wrong.
  std::size_t choice(std::string_view key, Need need, std::span<const std::string> words);
  /// A list of different words; one that is there has at least `least`.
  std::vector<Word> words(std::string_view key, Need need, std::size_t least = 1);
  Reader table(std::string_view key, Need need);
  /// The tables of [[key]].
  std::vector<Reader> tables(std::string_view key, std::size_t most);
  /// Tables named by the charter itself, as [roles.citizen]: each name with its reader.
  std::vector<std::pair<Word, Reader>> named_tables();

  const Node* find(std::string_view key);
  void finish();

 private:
  const Node* expect(std::string_view key, Need need, Node::Kind kind, Message right);
  /// Empty, too long or unclean texts are reported; the text is handed on if it is none of these.
  std::optional<std::string> proper(const Node& node, const std::string& key, Room room);

  Faults* faults_;
  const Node* table_;
  std::string path_;
  std::vector<std::string> known_;
};

}  // namespace polder::governance
