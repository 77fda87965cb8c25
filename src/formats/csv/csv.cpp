#include "formats/csv/csv.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kernel/text/text.h"

namespace polder::csv {
namespace {

constexpr std::size_t kSample = 64 * 1024;
constexpr std::array<char, 4> kSeparators{',', ';', '\t', '|'};

/// How many cells the rows of a sample have with a separator: the most common number, and the share of rows with it.
struct Fit {
  double share = 0;
  std::size_t columns = 1;
};

Fit fit(std::string_view sample, char separator, bool last) {
  std::vector<std::size_t> rows;
  std::size_t columns = 1;
  bool quoted = false, used = false;
  for (const char c : sample) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c == separator) ++columns;
    if (!quoted && (c == '\n' || c == '\r')) {
      if (used) rows.push_back(columns);
      columns = 1;
      used = false;
    } else {
      used = true;
    }
  }
  if (last && used) rows.push_back(columns);
  if (rows.empty()) return {.share = 1, .columns = columns};  // one row longer than the sample
  const auto same = std::ranges::count(rows, rows.front());
  return {.share = double(same) / double(rows.size()), .columns = rows.front()};
}

char detect(std::string_view sample, bool last) {
  char best = ',';
  Fit most;
  for (const char separator : kSeparators) {
    const Fit found = fit(sample, separator, last);
    if (found.columns < 2) continue;
    if (most.columns < 2 || found.share > most.share || (found.share == most.share && found.columns > most.columns)) {
      most = found;
      best = separator;
    }
  }
  return best;
}

/// Whether bytes that are not UTF-8 look like Windows-1252 (or its part ISO 8859-1): none of its five unused bytes.
bool looks_like_windows_1252(std::string_view bytes) {
  return bytes.find_first_of(std::string_view("\x81\x8d\x8f\x90\x9d\x00", 6)) == bytes.npos;
}

bool is_number(std::string_view cell) {
  if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
  if (cell.empty() || cell.front() < '0' || cell.front() > '9' || cell.back() < '0' || cell.back() > '9') return false;
  return cell.find_first_not_of("0123456789.,") == cell.npos;
}

bool is_formula(std::string_view cell) {
  if (cell.empty() || is_number(cell)) return false;
  if (std::string_view("=+-@\t\r").contains(cell.front())) return true;
  return std::ranges::any_of(std::array<std::string_view, 4>{"＝", "＋", "－", "＠"},
                             [&](auto wide) { return cell.starts_with(wide); });
}

}  // namespace

Reader::Reader(Options options, OnRow on_row) : options_(options), on_row_(std::move(on_row)) {}

Message Reader::about(std::string_view key) const {
  return {std::string(key), {{"row", std::int64_t(number_)}, {"line", std::int64_t(row_.line)}}};
}

void Reader::fault(std::string_view key) {
  if (row_fault_.empty()) row_fault_ = key;
  field_.clear();
  row_.cells.clear();
}

Done Reader::push(std::string_view bytes) {
  if (stopped_) return {};
  Done done;
  if (started_) {
    done = scan(bytes);
  } else {
    held_ += bytes;
    if (held_.size() >= kSample) done = start(std::exchange(held_, {}), false);
  }
  if (!done) stopped_ = true;
  return done;
}

Done Reader::start(std::string_view bytes, bool last) {
  started_ = true;
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") || bytes.substr(0, 4).contains('\0'))
    return refuse(Why::invalid, {"csv.encoding", {{"encoding", std::string("UTF-16")}}});
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  if (options_.separator == 0) options_.separator = detect(bytes.substr(0, kSample), last);
  row_.line = line_;
  return scan(bytes);
}

Done Reader::finish() {
  if (stopped_) return {};
  Done done = started_ ? Done{} : start(std::exchange(held_, {}), true);
  if (done && !stopped_) {
    if (state_ == State::quoted)
      done = refuse(Why::invalid, about("csv.unclosed-quote"));
    else if (used_)
      done = end_row();
  }
  stopped_ = true;
  return done;
}

Done Reader::scan(std::string_view bytes) {
  for (const char c : bytes) {
    if (std::exchange(after_cr_, c == '\r' && state_ != State::quoted) && c == '\n') continue;
    if (c == '\n' || (c == '\r' && state_ != State::quoted)) ++line_;
    if (++row_bytes_ > options_.limits.row || field_.size() >= options_.limits.field) {
      // A quotation that swallowed so much was never meant to: without its end nobody knows where the next row begins.
      if (state_ == State::quoted) return refuse(Why::invalid, about("csv.unclosed-quote"));
      fault("csv.too-long");
      state_ = State::skip;
    }
    const bool line_end = c == '\n' || c == '\r';
    if (state_ == State::quoted) {
      if (c == '"')
        state_ = State::quote;
      else
        field_ += c;
      continue;
    }
    if (line_end) {
      if (Done done = end_row(); !done || stopped_) return done;
      continue;
    }
    used_ = true;
    if (state_ == State::skip) continue;
    if (c == options_.separator) {
      end_field();
      state_ = row_fault_.empty() ? State::begin : State::skip;
    } else if (c == '"' && state_ != State::plain) {
      if (state_ == State::quote) field_ += '"';
      state_ = State::quoted;
    } else if (state_ == State::quote) {
      fault("csv.stray-quote");
      state_ = State::skip;
    } else {
      field_ += c;
      state_ = State::plain;
    }
  }
  return {};
}

void Reader::end_field() {
  if (row_.cells.size() >= options_.limits.columns) return fault("csv.too-many-columns");
  row_.cells.push_back(std::exchange(field_, {}));
}

Done Reader::end_row() {
  if (used_) {
    if (number_ > options_.limits.rows)
      return refuse(Why::too_large, {"csv.too-many-rows", {{"limit", std::int64_t(options_.limits.rows)}}});
    if (row_fault_.empty()) end_field();
    for (const std::string& cell : row_.cells) {
      if (text::valid_utf8(cell) && !cell.contains('\0')) continue;
      Message message = about(looks_like_windows_1252(cell) ? "csv.not-utf8-windows" : "csv.not-utf8");
      return refuse(Why::invalid, std::move(message));
    }
    if (options_.columns == 0 && row_fault_.empty()) options_.columns = row_.cells.size();
    Result<Row> result = Row{number_, row_.line, std::move(row_.cells)};
    if (!row_fault_.empty()) {
      result = refuse(Why::invalid, about(row_fault_));
    } else if (result->cells.size() != options_.columns) {
      Message message = about("csv.ragged");
      message.args.emplace_back("found", std::int64_t(result->cells.size()));
      message.args.emplace_back("expected", std::int64_t(options_.columns));
      result = refuse(Why::invalid, std::move(message));
    }
    ++number_;
    stopped_ = !on_row_(std::move(result));
  }
  row_ = {.line = line_};
  field_.clear();
  row_fault_ = {};
  row_bytes_ = 0;
  used_ = false;
  state_ = State::begin;
  return {};
}

Result<std::vector<Row>> read(std::string_view bytes, Options options) {
  std::vector<Row> rows;
  Done fault;
  Reader reader(options, [&](Result<Row> row) {
    if (row)
      rows.push_back(std::move(*row));
    else
      fault = std::unexpected(std::move(row).error());
    return fault.has_value();
  });
  CHECK_DONE(reader.push(bytes));
  CHECK_DONE(reader.finish());
  CHECK_DONE(fault);
  return rows;
}

std::string row(std::span<const std::string> cells, char separator) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += separator;
    const std::string cell = (is_formula(cells[i]) ? "'" : "") + cells[i];
    const bool blanks = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
    // A single empty cell would be a blank line, which readers skip.
    const bool alone = cells.size() == 1 && cell.empty();
    if (!blanks && !alone && cell.find_first_of("\"\r\n") == cell.npos && !cell.contains(separator)) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char c : cell) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  return out + "\r\n";
}

}  // namespace polder::csv
