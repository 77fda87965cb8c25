#include "processes/consultations/import.h"

#include <array>
#include <optional>

#include "formats/csv/html_text.h"
#include "record/acts.h"

namespace polder::consultations {
namespace {

namespace json = boost::json;

constexpr std::string_view act_name = "consultations.respond";

/// Acts in one commit: enough that the disk's pace does not matter, few enough that others are not kept waiting.
constexpr std::size_t acts_at_once = 200;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Without the controls (C0 but tab and newline, DEL, C1) that old editors leave behind: a browser showed nothing
/// there. Whoever types one is told; in somebody else's export nobody is left to tell.
std::string without_controls(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    if (c1 || c == 0x7F || (c < 0x20 && c != '\n' && c != '\t')) continue;
    out += text[i];
  }
  return out;
}

/// Where each column stands in a row.
struct Places {
  std::optional<std::size_t> id, words, title, date;
};

Result<Places> places(const Columns& columns, const std::vector<std::string>& heading) {
  Places out;
  const auto place = [&](const std::string& name, std::optional<std::size_t>& at) -> Done {
    if (name.empty()) return {};
    for (std::size_t i = 0; i < heading.size() && !at; ++i)
      if (trimmed(heading[i]) == name) at = i;
    if (!at) return refuse(Why::invalid, {"consultations.import-no-column", {{"column", name}}});
    return {};
  };
  CHECK_DONE(place(columns.id, out.id));
  CHECK_DONE(place(columns.words, out.words));
  CHECK_DONE(place(columns.title, out.title));
  CHECK_DONE(place(columns.date, out.date));
  return out;
}

ImportRow row_of(const Places& at, const csv::Row& row) {
  const auto cell = [&](const std::optional<std::size_t>& column) {
    return column ? without_controls(csv::html_to_text(row.cells[*column])) : std::string();
  };
  ImportRow out{.number = row.number, .id = at.id ? row.cells[*at.id] : "", .words = {}};
  if (out.id.empty()) out.id = std::to_string(row.number);
  for (const auto& part : {cell(at.title), cell(at.words), cell(at.date)}) {
    const auto words = trimmed(part);
    if (words.empty()) continue;
    if (!out.words.empty()) out.words += "\n\n";
    out.words += words;
  }
  return out;
}

/// A row that could be an act: read already, so that only what the database knows can refuse it.
struct Waiting {
  std::size_t number;
  record::Ready ready;
  std::string key;
};

class Importer {
 public:
  Importer(people::House& house, const ImportTo& to, const std::function<void(std::size_t, const Refusal&)>& refused,
           ImportCounts& counts)
      : house_(house), to_(to), kind_(*house.acts.find(act_name)), refused_(refused), counts_(counts) {}

  void take(std::size_t number, const Result<ImportRow>& row) {
    ++counts_.read;
    if (!row) return refuse_row(number, row.error());
    json::object fields{{"consultation", str(to_.consultation)},
                        {"answers", json::array{json::object{{"question", 1}, {"words", row->words}}}},
                        {"visibility", "public-anonymous"}};
    if (!to_.language.empty()) fields["language"] = to_.language;
    auto ready = kind_.read(fields);
    if (!ready) return refuse_row(number, ready.error());
    waiting_.push_back({number, *std::move(ready), to_.file + ':' + row->id});
    if (waiting_.size() == acts_at_once) commit();
  }

  /// Together; if one is refused, each by itself, so that the one does not keep out the others.
  void commit() {
    std::vector<record::Recorded> recorded;
    const auto all = house_.database.write([&](storage::WriteTx& tx) -> Done {
      recorded.clear();
      for (const Waiting& one : waiting_) {
        TRY(auto done, perform(tx, one));
        recorded.push_back(std::move(done));
      }
      return {};
    });
    if (all) {
      for (const auto& done : recorded) count(done);
    } else {
      for (const Waiting& one : waiting_) {
        const auto done = house_.database.write([&](storage::WriteTx& tx) { return perform(tx, one); });
        done ? count(*done) : refuse_row(one.number, done.error());
      }
    }
    waiting_.clear();
  }

 private:
  Result<record::Recorded> perform(storage::WriteTx& tx, const Waiting& one) {
    return house_.acts.perform_in(tx, to_.platform, record::Actor::console(), std::string(act_name), one.ready,
                                  one.key);
  }
  void count(const record::Recorded& done) { ++(done.repeated ? counts_.repeated : counts_.imported); }
  void refuse_row(std::size_t number, const Refusal& why) {
    ++counts_.refused;
    refused_(number, why);
  }

  people::House& house_;
  const ImportTo& to_;
  const record::ActKind& kind_;
  const std::function<void(std::size_t, const Refusal&)>& refused_;
  ImportCounts& counts_;
  std::vector<Waiting> waiting_;
};

}  // namespace

Result<Columns> read_columns(std::string_view text) {
  Columns out;
  const std::array<std::pair<std::string_view, std::string*>, 4> known{
      {{"id", &out.id}, {"words", &out.words}, {"title", &out.title}, {"date", &out.date}}};
  while (!text.empty()) {
    const auto end = text.find(',');
    const auto part = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    const auto equals = part.find('=');
    const auto name = trimmed(part.substr(0, equals));
    const auto column = equals == part.npos ? std::string_view{} : trimmed(part.substr(equals + 1));
    const auto* const found = std::ranges::find(known, name, &std::pair<std::string_view, std::string*>::first);
    if (found == known.end() || column.empty() || !found->second->empty())
      return refuse(Why::invalid, {"consultations.import-columns", {{"part", std::string(part)}}});
    *found->second = column;
  }
  if (out.words.empty()) return refuse(Why::invalid, {"consultations.import-no-words"});
  return out;
}

Done read_rows(const Columns& columns, char separator, const Source& source, const OnRow& on_row) {
  std::optional<Places> at;
  std::optional<Refusal> broken;
  std::size_t number = 0;
  csv::Reader reader({.separator = separator}, [&](Result<csv::Row> row) {
    ++number;
    if (row && !at) {
      auto found = places(columns, row->cells);
      if (!found) {
        broken = std::move(found).error();
        return false;
      }
      at = *std::move(found);
      return true;
    }
    if (!at) {  // a heading that cannot be read says nothing about any row
      broken = std::move(row).error();
      return false;
    }
    if (!row) return on_row(number, std::unexpected(std::move(row).error()));
    number = row->number;
    return on_row(number, row_of(*at, *row));
  });
  for (std::string piece = source(); !piece.empty() && !broken; piece = source()) CHECK_DONE(reader.push(piece));
  if (!broken) CHECK_DONE(reader.finish());
  if (broken) return std::unexpected(*std::move(broken));
  if (!at) return refuse(Why::invalid, {"consultations.import-empty"});
  return {};
}

Done import_responses(people::House& house, const ImportTo& to, const Columns& columns, char separator,
                      const Source& source, const std::function<void(std::size_t row, const Refusal&)>& refused,
                      ImportCounts& counts) {
  Importer importer(house, to, refused, counts);
  const auto done = read_rows(columns, separator, source, [&](std::size_t number, const Result<ImportRow>& row) {
    importer.take(number, row);
    return true;
  });
  importer.commit();
  return done;
}

}  // namespace polder::consultations
