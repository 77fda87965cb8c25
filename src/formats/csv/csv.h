// Comma-separated values, RFC 4180: read as a stream, written so that a spreadsheet opens them without harm.
// Pure: bytes come in, rows go out; memory is bounded by the limits, whatever the size of the file.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.h"

namespace polder::csv {

struct Limits {
  std::size_t rows = 1'000'000;
  std::size_t columns = 500;
  std::size_t field = 1024 * 1024;    ///< bytes of one field
  std::size_t row = 4 * 1024 * 1024;  ///< bytes of one row
};

struct Options {
  char separator = 0;       ///< ',', ';', tab or '|'; 0: whichever divides the first rows most evenly
  std::size_t columns = 0;  ///< what each row must have; 0: as many as the first
  Limits limits = {};
};

struct Row {
  std::size_t number = 0;  ///< 1 is the first row of the file, the heading as a rule; blank lines do not count
  std::size_t line = 0;    ///< the line it begins on, which differs where a field holds line ends
  std::vector<std::string> cells = {};
};

/// A quotation mark within a cell that does not begin with one is a letter (37°36'37.8"N), although RFC 4180 §2.5 does
/// not allow it: every program that writes such a file means that. Blank lines are no rows.
///
/// Reads a file that arrives in pieces of any size. What is wrong with one row (letters after a closing quotation
/// mark, too few or too many cells, over a limit of size) goes to the callback as a refusal that names the row, and
/// reading goes on with the next; what is wrong with the file as a whole (its encoding, a quotation that never ends,
/// too many rows) is refused by push() or finish(), and nothing follows. Keys csv.<what>, arguments `row` and `line`.
class Reader {
 public:
  /// Called for each row in order; false stops the reading, and push() and finish() then do nothing.
  using OnRow = std::function<bool(Result<Row>)>;

  Reader(Options options, OnRow on_row);

  Done push(std::string_view bytes);
  Done finish();

  char separator() const { return options_.separator; }  ///< the detected one, after the first rows

 private:
  enum class State {
    begin,
    plain,
    quoted,
    quote,
    skip
  };  ///< quote: a quotation mark within a quoted field; skip: to the line's end

  Done start(std::string_view bytes, bool last);
  Done scan(std::string_view bytes);
  Done end_row();
  void end_field();
  void fault(std::string_view key);
  Message about(std::string_view key) const;

  Options options_;
  OnRow on_row_;
  std::string held_;  ///< the first bytes, until there are enough to detect the separator
  bool started_ = false, stopped_ = false, after_cr_ = false, used_ = false;
  State state_ = State::begin;
  Row row_;
  std::string field_;
  std::size_t number_ = 1, line_ = 1, row_bytes_ = 0;
  std::string_view row_fault_;
};

/// A small file at once: all rows, or the first fault.
Result<std::vector<Row>> read(std::string_view bytes, Options options = {});

/// One row with its CRLF. Quoted where RFC 4180 asks for it and where blanks at an end would be lost.
///
/// A cell that a spreadsheet would take for a formula (it begins with = + - @, their full-width forms, tab or return)
/// gets an apostrophe before it, as OWASP's "CSV Injection" advises; plain numbers such as -5 or +31.5 stay as they
/// are.
std::string row(std::span<const std::string> cells, char separator = ',');

/// For files that people open in a spreadsheet: without it Excel takes UTF-8 for Windows-1252.
inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

}  // namespace polder::csv
