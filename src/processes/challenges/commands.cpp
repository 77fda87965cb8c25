#include "processes/challenges/commands.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iomanip>
#include <ostream>

#include "methods/ranking/ranking_json.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/import.h"
#include "processes/challenges/result.h"

namespace polder::challenges {
namespace {

namespace json = boost::json;

/// As much of a file as `most` needs to be seen to be exceeded.
Result<std::string> read_file(const std::string& path, std::size_t most) {
  const auto unreadable = [&] {
    return refuse(Why::not_found,
                  {"challenges.file-unreadable", {{"path", path}, {"cause", std::string(std::strerror(errno))}}});
  };
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable();
  std::string bytes;
  std::vector<char> piece(1 << 20);
  while (in && bytes.size() <= most) {
    in.read(piece.data(), std::streamsize(piece.size()));
    bytes.append(piece.data(), std::size_t(in.gcount()));
  }
  if (in.bad()) return unreadable();
  return bytes;
}

void print_places(std::ostream& out, const json::value& answer) {
  out << "place  score          amount  entry\n";
  for (const auto& place : answer.at("ranking").as_array())
    out << std::setw(5) << place.at("rank").to_number<std::int64_t>() << "  " << std::setw(5)
        << score_text(place.at("score")) << std::setw(16) << place.at("amount").to_number<std::int64_t>() << "  "
        << std::string_view(place.at("entry").as_string()) << '\n';
  for (const auto& entry : answer.at("unmarked").as_array())
    out << "    –  no marks                    " << std::string_view(entry.as_string()) << '\n';
}

void add_rank(CLI::App& group, people::Console& console) {
  struct Wishes {
    std::string file;
    bool as_json = false;
  };
  auto* command = group.add_subcommand(
      "rank", "Make a ranking from its file, as a challenge does: the same file gives the same bytes");
  const auto w = std::make_shared<Wishes>();
  command->add_option("file", w->file, "Criteria, ties, purse, entries and marks as JSON")->required();
  command->add_flag("--json", w->as_json, "The answer as JSON");
  command->callback([w, &console] {
    const auto bytes = read_file(w->file, ranking::most_bytes);
    if (!bytes) return console.refused(bytes.error());
    const auto answer = ranking::rank_json(*bytes);
    if (!answer) return console.refused(answer.error());
    if (w->as_json)
      console.out() << *answer << '\n';
    else
      print_places(console.out(), json::parse(*answer));
  });
}

// ---- import ----

struct ImportWishes {
  std::string file, platform;
  bool dry_run = false, as_json = false;
};

/// What became of a feed: the answer of --json, and the text of the rest.
struct Imported {
  std::int64_t read = 0;
  json::array refused, challenges, guessed;
};

void print(std::ostream& out, const Imported& what) {
  out << what.read << " read, " << what.refused.size() << " refused, " << what.guessed.size() << " guesses\n";
  for (const auto& c : what.challenges) out << "  " << std::string_view(c.at("title").as_string()) << '\n';
  for (const auto& r : what.refused)
    out << "  refused: " << std::string_view(r.at("title").as_string()) << ": "
        << std::string_view(r.at("why").as_string()) << '\n';
}

/// One challenge: shown, and made a draft where a platform is named. A draft that the platform refuses is told as such.
void take(people::Console& console, House* house, Id platform, const challengegov::Challenge& c, Time now,
          Imported& out) {
  const Begun begun = statement_from(c, now);
  for (const auto& [field, taken] : begun.assumed)
    out.guessed.push_back(json::object{
        {"challenge", c.id}, {"field", field}, {"given", nullptr}, {"taken", taken}, {"why", "a statement needs it"}});
  json::object one{{"id", c.id},
                   {"title", c.title},
                   {"agency", c.agency},
                   {"kind", c.kind ? json::value(std::string(challengegov::name(*c.kind))) : json::value(nullptr)},
                   {"opens", c.opens ? json::value(iso(*c.opens)) : json::value(nullptr)},
                   {"closes", c.closes ? json::value(iso(*c.closes)) : json::value(nullptr)},
                   {"purse", c.purse ? json::value(json::object{{"currency", c.purse->currency},
                                                                {"amount", c.purse->minor_units},
                                                                {"up-to", c.purse->up_to}})
                                     : json::value(nullptr)},
                   {"statement", begun.statement}};
  if (house != nullptr) {
    const auto done = house->acts.perform({.platform = platform,
                                           .actor = record::Actor::console(),
                                           .name = "challenges.draft",
                                           .fields = {{"statement", begun.statement}},
                                           .idempotency_key = "import:" + c.id});
    if (!done) {
      std::string why = console.say(done.error().message);
      for (const auto& f : done.error().fields) why += "; " + f.field + ": " + console.say(f.message);
      out.refused.push_back(json::object{{"title", c.title}, {"why", why}});
      return;
    }
    one["made"] = done->location;
  }
  out.challenges.push_back(std::move(one));
}

Imported import(people::Console& console, House* house, Id platform, const challengegov::Feed& feed, Time now) {
  Imported out;
  out.read = std::int64_t(feed.challenges.size());
  for (const auto& r : feed.refused)
    out.refused.push_back(json::object{{"title", r.title}, {"why", console.say(r.why)}});
  for (const auto& g : feed.guesses)
    out.guessed.push_back(json::object{{"challenge", g.challenge},
                                       {"field", g.field},
                                       {"given", g.given},
                                       {"taken", g.taken},
                                       {"why", console.say(g.why)}});
  for (const auto& c : feed.challenges) take(console, house, platform, c, now, out);
  return out;
}

void add_import(CLI::App& group, people::Console& console) {
  auto* command = group.add_subcommand(
      "import", "Read a feed of Challenge.gov; with --platform, make a draft of each challenge in it");
  const auto w = std::make_shared<ImportWishes>();
  console.needs_house(*command);
  auto* data = command->get_option("--data")->required(false);
  command->add_option("file", w->file, "The feed, as JSON")->required();
  command->add_option("--platform", w->platform, "The platform that gets the drafts")->needs(data);
  command->add_flag("--dry-run", w->dry_run, "Only say what would be made");
  command->add_flag("--json", w->as_json, "The answer as JSON");
  command->callback([w, &console] {
    const auto bytes = read_file(w->file, challengegov::Limits{}.bytes);
    if (!bytes) return console.refused(bytes.error());
    const auto feed = challengegov::read(*bytes);
    if (!feed) return console.refused(feed.error());
    const auto tell = [&](const Imported& what) {
      if (w->as_json)
        console.out() << json::serialize(json::object{{"read", what.read},
                                                      {"refused", what.refused},
                                                      {"challenges", what.challenges},
                                                      {"guessed", what.guessed}})
                      << '\n';
      else
        print(console.out(), what);
    };
    if (w->platform.empty() || w->dry_run) return tell(import(console, nullptr, {}, *feed, SystemClock().now()));
    console.in_house([&](House& house) -> Done {
      const auto platform = house.platforms.list()->by_slug(w->platform);
      if (!platform) return refuse(Why::not_found, {"governance.no-platform"});
      tell(import(console, &house, platform->id, *feed, house.clock.now()));
      return {};
    });
  });
}

}  // namespace

void add_commands(CLI::App& app, people::Console& console) {
  auto* group =
      app.add_subcommand("challenges", "Rankings made again from their files; challenges brought in from elsewhere");
  group->require_subcommand(1);
  add_rank(*group, console);
  add_import(*group, console);
}

}  // namespace polder::challenges
