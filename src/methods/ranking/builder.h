// A ranking's file, built from what a JSON parser tells in the order of the text. Private to the room.
//
// No value is kept that is not needed, and every count is held to its limit when it is reached: a hostile file costs no
// more than the part of it that was read.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "methods/ranking/names.h"
#include "methods/ranking/ranking_json.h"

namespace polder::ranking {

enum class Kind : std::uint8_t { object, list, text, number, time };

class Builder {
 public:
  Done begin(Kind kind);  ///< an object or a list
  Done end();
  Done key(std::string_view name);
  Done text(std::string_view words);
  Done number(std::string_view digits);
  Done wrong() const;  ///< true, false, null: nothing here is one

  /// After the last byte. From names to places in the lists, which may stand after the marks in the file.
  Result<File> finish();

 private:
  enum class In : std::uint8_t {
    nothing,
    file,
    criteria,
    criterion,
    ties,
    purse,
    amounts,
    entries,
    entry,
    marks,
    mark,
    out
  };
  enum class Key : std::uint8_t {
    criteria,
    normalisation,
    ties,
    purse,
    entries,
    marks,
    id,
    weight,
    max,
    currency,
    amounts,
    submitted,
    entry,
    judge,
    criterion,
    mark,
    out
  };
  struct Belongs {
    Kind kind;
    In opens = In::nothing;
  };
  struct Field {
    In in;
    std::string_view name;
    Key key;
    Belongs value;
    bool needed = true;
  };
  static const std::array<Field, 18> fields_;

  /// Within a value under a field that this format does not have.
  bool passed_over() const { return skipped_ > 0 || ((in_ == In::entry || in_ == In::mark) && field_ == nullptr); }
  Belongs belongs() const;
  Done opened();
  Done submitted(std::string_view words);
  Result<std::int64_t> whole(std::string_view digits) const;
  std::string where() const { return path_of(field_ == nullptr ? "" : field_->name); }
  std::string path_of(std::string_view name) const;

  File file_;
  std::vector<std::string> out_;       ///< ids of entries that hold no place
  Names entries_, judges_, criteria_;  ///< as the marks name them
  std::vector<In> parents_;
  In in_ = In::nothing;
  const Field* field_ = nullptr;                 ///< in an object: the last one named; none where it is passed over
  std::size_t skipped_ = 0;                      ///< objects and lists that are open and passed over
  std::size_t next_field_ = 0;                   ///< which to expect: fields mostly come in the same order
  std::array<std::uint32_t, 12> seen_fields_{};  ///< of each kind of object that is open, a bit a field
};

}  // namespace polder::ranking
