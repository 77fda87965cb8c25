// Everything about the entries at once, for those who run a challenge, made while it is sent, so that memory does not
// grow with the data:
//
//   entries.csv    the entries, each as far as whoever asks sees it on the pages (`Onlooker`, `sight`)
//   marks.csv      the marks that count, a line an entry and judge; judges by number, as in the ranking's file
//   entries.zip    both, the ranking with its result, and the files of the entries for whoever sees everything
//
// Nothing before entries close, nothing of what was cancelled, and nothing for who judges or takes part: they have
// their pages. Who asks is looked at anew for every piece, so that a conflict that becomes known bars here as well in
// the same moment.
#include <deque>

#include "formats/archive/zip.h"
#include "formats/csv/csv.h"
#include "kernel/files/name.h"
#include "processes/challenges/judging.h"
#include "processes/challenges/report.h"
#include "processes/challenges/result.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {
namespace {

constexpr std::int64_t rows_at_once = 50;
constexpr std::size_t piece_bytes = 64u << 10;
constexpr std::int64_t large_file = std::int64_t(3) << 30;  ///< beyond it a ZIP needs its newer form

bool may_take(storage::ReadTx& tx, const Whole& whole, const Onlooker& who, const record::Actor& actor) {
  if (whole.phase < Phase::screening || whole.phase == Phase::cancelled || !actor.is_person()) return false;
  // Who has a seat judges blind, and keeps it after losing the role; who is in a team is told of their own entry.
  if (who.team() != Id{} || store::judge(tx, whole.c.id, actor.person)) return false;
  return who.screens() || who.assigns();
}

/// What an export needs while it is sent; the visit is over by then.
struct Taking {
  House* house = nullptr;
  record::Actor actor;
  Whole whole;
  bool replays = false;  ///< may have the ranking's file, as on the page of the result
  bool marks = false;
};

std::optional<Taking> taking(Visit& visit) {
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Taking> {
    auto whole = find(visit, tx);
    if (!whole) return std::nullopt;
    const Onlooker who(visit.house, tx, visit.actor, whole->c);
    if (!may_take(tx, *whole, who, visit.actor)) return std::nullopt;
    Taking out{&visit.house, visit.actor, *std::move(whole), false, false};
    // Marks lie side by side from the deliberation on, for those who give out entries; the ranking's file is theirs
    // with the result, and everybody's after the award where the charter shows the spread.
    out.replays = out.whole.phase >= Phase::provisional && (who.assigns() || shown(visit, out.whole.phase, "spread"));
    out.marks = out.replays || (who.assigns() && out.whole.phase >= Phase::deliberation);
    return out;
  });
}

/// The rows after `after`, each with what this person may see of it now; those of which they may see nothing are left
/// out.
struct Seen {
  store::ExportRow row;
  Sight sight = Sight::nothing;
};
std::vector<Seen> next_rows(storage::ReadTx& tx, const Taking& t, std::int64_t& after, bool& over) {
  std::vector<Seen> out;
  const auto c = store::by_id(tx, t.whole.c.id);
  over = !c;
  if (over) return out;
  const Onlooker who(*t.house, tx, t.actor, *c);
  auto page = store::export_rows(tx, c->id, after, rows_at_once);
  over = std::int64_t(page.size()) < rows_at_once;
  for (auto& row : page) {
    after = row.entry.number;
    const Sight sight = who.at(row.entry);
    if (sight < Sight::exists || who.barred_from(row.entry.team)) continue;
    out.push_back({std::move(row), sight});
  }
  return out;
}

using Rows = std::function<std::string(storage::ReadTx&, bool& over)>;

/// `next` gives the rows that follow, as text, and says when that was all.
http::Stream streamed(House& house, std::string first, Rows next) {
  return [&house, first = std::move(first), next = std::move(next), over = false](std::string& piece) mutable {
    if (over && first.empty()) return false;
    piece += std::exchange(first, {});
    house.database.read([&](storage::ReadTx& tx) {
      while (!over && piece.size() < piece_bytes) piece += next(tx, over);
    });
    return true;
  };
}

// ---- entries.csv ----

std::string score(const Standing& place) { return score_text(boost::json::parse(place.score)); }

std::vector<std::string> cells(const Statement& s, const Seen& seen) {
  const auto& [row, sight] = seen;
  const Entry& e = row.entry;
  const bool all = sight == Sight::all;
  const auto only = [&](const std::string& words) { return all ? words : std::string(); };
  std::vector<std::string> out{std::to_string(e.number),
                               only(row.team),
                               only(row.organisation),
                               only(row.country),
                               fields::word_of(e.state),
                               all && e.sealed_at ? iso(*e.sealed_at) : "",
                               only(e.title)};
  for (std::size_t i = 0; i < s.entry.items.size(); ++i)
    out.push_back(i < e.answers.size() ? only(e.answers[i]) : std::string());
  out.push_back(row.standing ? std::to_string(row.standing->rank) : "");
  out.push_back(row.standing ? score(*row.standing) : "");
  out.push_back(row.standing ? std::to_string(row.standing->amount) : "");
  return out;
}

http::Stream entries_of(const Taking& t) {
  std::vector<std::string> heading{"entry", "team", "organisation", "country", "state", "sealed-at", "title"};
  for (const EntryField& f : t.whole.statement.entry.items) heading.push_back(f.label.value);
  heading.insert(heading.end(), {"place", "score", "amount"});
  return streamed(*t.house, std::string(csv::byte_order_mark) + csv::row(heading),
                  [t, after = std::int64_t{0}](storage::ReadTx& tx, bool& over) mutable {
                    std::string out;
                    for (const Seen& one : next_rows(tx, t, after, over))
                      out += csv::row(cells(t.whole.statement, one));
                    return out;
                  });
}

// ---- marks.csv ----

http::Stream marks_of(const Taking& t) {
  const std::int64_t round = t.whole.statement.rounds.value;
  std::vector<std::string> heading{"entry", "judge"};
  for (const Criterion& c : t.whole.statement.rubric.items) heading.push_back(c.name.value);
  return streamed(*t.house, std::string(csv::byte_order_mark) + csv::row(heading),
                  [t, round, after = std::int64_t{0}, judges = std::map<Id, std::int64_t>{}](storage::ReadTx& tx,
                                                                                             bool& over) mutable {
                    std::string out;
                    const std::int64_t before = after;
                    const auto rows = next_rows(tx, t, after, over);
                    if (rows.empty()) return out;
                    if (judges.empty()) judges = store::judge_numbers(tx, t.whole.c.id, round);
                    const auto given = store::marks_between(tx, t.whole.c.id, round, before + 1, after);
                    for (const Seen& one : rows) {
                      const auto found = given.find(one.row.entry.id);
                      if (found == given.end()) continue;
                      for (const auto& [judge, marks] : found->second) {
                        const auto number = judges.try_emplace(judge, std::int64_t(judges.size()) + 1).first->second;
                        std::vector<std::string> line{std::to_string(one.row.entry.number),
                                                      "j" + std::to_string(number)};
                        for (const std::int64_t mark : marks) line.push_back(fields::decimal_text(mark, 1));
                        out += csv::row(line);
                      }
                    }
                    return out;
                  });
}

// ---- entries.zip ----

archive::Read whole(std::string bytes) {
  return [bytes = std::move(bytes), over = false](std::string& piece) mutable {
    if (over) return false;
    piece += bytes;
    over = true;
    return true;
  };
}

archive::Read kept(files::Reading file) {
  return [file = std::make_shared<files::Reading>(std::move(file)), at = std::uint64_t{0},
          bytes = std::string{}](std::string& piece) mutable {
    file->read(at, 256u << 10, bytes);
    at += bytes.size();
    piece += bytes;
    return !bytes.empty();
  };
}

/// The sealed files of entries that this person sees everything of: opened when their turn comes.
class FilesOf {
 public:
  explicit FilesOf(Taking t) : t_(std::move(t)) {}

  std::optional<archive::ZipEntry> next() {
    for (;;) {
      while (waiting_.empty() && !over_) more();
      if (waiting_.empty()) return std::nullopt;
      const Waiting one = std::move(waiting_.front());
      waiting_.pop_front();
      auto file = t_.house->files.read(one.file.path);
      if (!file) continue;  // erased meanwhile
      return archive::ZipEntry{one.name, one.at, kept(*std::move(file)), one.file.size > large_file};
    }
  }

 private:
  struct Waiting {
    std::string name;
    Time at;
    FileRow file;
  };
  void more() {
    t_.house->database.read([&](storage::ReadTx& tx) {
      for (const Seen& one : next_rows(tx, t_, after_, over_)) {
        if (one.sight != Sight::all) continue;
        const Entry& e = one.row.entry;
        std::int64_t n = 0;
        std::set<std::string> names;
        for (const FileRow& f : store::files(tx, e.id)) {
          if (!f.sealed) continue;
          ++n;
          std::string name = files::label(f.name);
          if (!names.insert(name).second) name = std::to_string(n) + '-' + name;
          waiting_.push_back({"entry-" + std::to_string(e.number) + '/' + name, e.sealed_at.value_or(Time{}), f});
        }
      }
    });
  }

  Taking t_;
  std::int64_t after_ = 0;
  bool over_ = false;
  std::deque<Waiting> waiting_;
};

http::Stream all_of(const Taking& t, Time now) {
  const auto next = [t, now, step = 0, files = std::make_shared<FilesOf>(t),
                     ranked = std::optional<store::Ranked>{}]() mutable -> std::optional<archive::ZipEntry> {
    if (step == 0 && ++step > 0) return archive::ZipEntry{"entries.csv", now, entries_of(t)};
    if (step == 1 && ++step > 0 && t.marks) return archive::ZipEntry{"marks.csv", now, marks_of(t)};
    if (step == 2 && ++step > 0 && t.replays) {
      ranked = t.house->database.read([&](storage::ReadTx& tx) { return store::ranking(tx, t.whole.c.id); });
      if (ranked) return archive::ZipEntry{"ranking.json", ranked->at, whole(std::move(ranked->file))};
    }
    if (step == 3 && ++step > 0 && ranked)
      return archive::ZipEntry{"result.json", ranked->at, whole(std::move(ranked->result))};
    return files->next();
  };
  return archive::zip_stream(next);
}

// ---- the routes ----

http::Response attachment(http::Stream stream, std::string type, const std::string& name) {
  return {.status = 200,
          .headers = {{"content-type", std::move(type)},
                      {"content-disposition", files::attachment(name)},
                      {"cache-control", "no-store"},
                      {"content-security-policy", "sandbox; default-src 'none'"},
                      {"x-content-type-options", "nosniff"}},
          .body = {},
          .stream = std::move(stream)};
}

constexpr std::string_view csv_type = "text/csv; charset=utf-8; header=present";

http::Response entries_csv(Visit& visit) {
  const auto t = taking(visit);
  if (!t) return not_found(visit);
  return attachment(entries_of(*t), std::string(csv_type), t->whole.c.slug + "-entries.csv");
}

http::Response marks_csv(Visit& visit) {
  const auto t = taking(visit);
  if (!t || !t->marks) return not_found(visit);
  return attachment(marks_of(*t), std::string(csv_type), t->whole.c.slug + "-marks.csv");
}

http::Response entries_zip(Visit& visit) {
  const auto t = taking(visit);
  if (!t) return not_found(visit);
  return attachment(all_of(*t, visit.now), "application/zip", t->whole.c.slug + ".zip");
}

}  // namespace

std::vector<std::string_view> exports_for(Visit& visit) {
  const auto t = taking(visit);
  if (!t) return {};
  return t->marks ? std::vector<std::string_view>{"entries.csv", "marks.csv", "entries.zip"}
                  : std::vector<std::string_view>{"entries.csv", "entries.zip"};
}

void add_exports(House& house) {
  const auto get = [&](const std::string& name, http::Response (*give)(Visit&)) {
    house.routes.add({http::Method::get, "/{platform}/challenges/{slug}/" + name, web::Door::signed_in,
                      web::Keep::nothing, 0, give});
  };
  get("entries.csv", entries_csv);
  get("marks.csv", marks_csv);
  get("entries.zip", entries_zip);
}

}  // namespace polder::challenges
