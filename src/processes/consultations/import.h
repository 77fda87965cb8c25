// Responses from elsewhere: a CSV export of another platform becomes responses to a consultation. Each row is an act of
// its own in the record; one that is refused is told with its number, and the others come in all the same.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "formats/csv/csv.h"
#include "people/house.h"

namespace polder::consultations {

/// Which column of the file says what, by its heading. Only `words` must be there.
struct Columns {
  std::string id;     ///< a row's name: the same one is imported once. Empty: its number in the file
  std::string words;  ///< plain text or HTML
  std::string title;  ///< stands before the words
  std::string date;   ///< stands after them, as written: when a response was recorded is the record's to say
};

/// "id=…,words=…,title=…,date=…".
Result<Columns> read_columns(std::string_view text);

struct ImportRow {
  std::size_t number = 0;  ///< in the file; 1 is the heading
  std::string id, words;
};

/// Gives a piece of the file, and nothing once there is no more.
using Source = std::function<std::string()>;
/// A row, or why not, in order; false stops.
using OnRow = std::function<bool(std::size_t number, Result<ImportRow>)>;

/// Pure. Refuses what is wrong with the file as a whole: a missing column, a wrong encoding, a quotation without end.
Done read_rows(const Columns& columns, char separator, const Source& source, const OnRow& on_row);

struct ImportCounts {
  std::int64_t read = 0, imported = 0, repeated = 0, refused = 0;
};

struct ImportTo {
  Id platform, consultation;
  std::string file;           ///< names the file by its content: with a row's id, what makes it one import
  std::string language = {};  ///< of the words; empty: the consultation's
};

/// Does consultations.respond for each row: to the first question, public without a name, as the console. That passes
/// the charter's gate in every phase, so that what was said elsewhere can be shown in a consultation that is over.
/// `counts` is right also when the file turns out to be broken half-way.
Done import_responses(people::House& house, const ImportTo& to, const Columns& columns, char separator,
                      const Source& source, const std::function<void(std::size_t row, const Refusal&)>& refused,
                      ImportCounts& counts);

}  // namespace polder::consultations
