#include "processes/challenges/commands.h"

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cerrno>
#include <fstream>
#include <iomanip>
#include <map>
#include <ostream>
#include <set>
#include <system_error>

#include "kernel/text/text.h"
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
                  {"challenges.file-unreadable", {{"path", path}, {"cause", std::generic_category().message(errno)}}});
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

/// Where drafts are made, or would be.
struct Place {
  House& house;
  const governance::Platform& platform;
  bool dry_run = false;
};

/// What became of a feed: the answer of --json, and the text of the rest. Each challenge of the feed is in `challenges`
/// or in `refused`, whether the reader or the platform refused it.
struct Imported {
  json::array refused, challenges, guessed;
  std::int64_t repeated = 0;  ///< drafts that were there already
};

json::value or_null(std::string text) { return text.empty() ? json::value(nullptr) : json::value(std::move(text)); }

json::object guess(const std::string& challenge, const std::string& field, const std::string& given,
                   const std::string& taken, std::string why) {
  return {{"challenge", challenge},
          {"field", field},
          {"given", or_null(given)},
          {"taken", or_null(taken)},
          {"why", std::move(why)}};
}

void print(std::ostream& out, const people::Console& console, const Imported& what) {
  out << what.challenges.size() << " read, " << what.refused.size() << " refused";
  if (what.repeated > 0) out << ", " << what.repeated << " there already";
  out << '\n';
  for (const auto& r : what.refused)
    out << "refused: " << std::string_view(r.at("title").as_string()) << ": "
        << std::string_view(r.at("why").as_string()) << '\n';
  const auto text = [](const json::value& v) {
    return v.is_null() ? std::string_view() : std::string_view(v.as_string());
  };
  const auto tell = [&](std::string_view field, std::string_view taken, std::string_view why) {
    out << "    " << field << (taken.empty() ? "" : " = ") << taken << "  (" << why << ")\n";
  };
  std::set<std::string> of_all;
  for (const auto& a : assumed_for_all()) of_all.insert(a.field + '\n' + a.taken + '\n' + console.say(a.why));
  if (!what.challenges.empty()) out << "in every draft:\n";
  if (!what.challenges.empty())
    for (const auto& a : assumed_for_all()) tell(a.field, a.taken, console.say(a.why));
  std::multimap<std::string_view, const json::value*> guesses;
  for (const auto& g : what.guessed) guesses.emplace(g.at("challenge").as_string(), &g);
  for (const auto& c : what.challenges) {
    const auto* made = c.as_object().if_contains("made");
    out << std::string_view(c.at("title").as_string());
    if (made != nullptr) out << "  -> " << std::string_view(made->as_string());
    out << '\n';
    const auto [from, to] = guesses.equal_range(c.at("id").as_string());
    for (auto it = from; it != to; ++it) {
      const auto& g = *it->second;
      const auto field = text(g.at("field")), taken = text(g.at("taken")), why = text(g.at("why"));
      if (!of_all.contains(std::string(field) + '\n' + std::string(taken) + '\n' + std::string(why)))
        tell(field, text::excerpt(taken, 80), why);
    }
  }
}

json::object summary(const challengegov::Challenge& c, json::object statement) {
  return {{"id", c.id},
          {"title", c.title},
          {"agency", c.agency},
          {"kind", c.kind ? json::value(std::string(challengegov::name(*c.kind))) : json::value(nullptr)},
          {"opens", c.opens ? json::value(iso(*c.opens)) : json::value(nullptr)},
          {"closes", c.closes ? json::value(iso(*c.closes)) : json::value(nullptr)},
          {"purse",
           c.purse ? json::value(json::object{
                         {"currency", c.purse->currency}, {"amount", c.purse->minor_units}, {"up-to", c.purse->up_to}})
                   : json::value(nullptr)},
          {"statement", std::move(statement)}};
}

/// One challenge as a draft, or whether it could be one. The feed's own number is the key: brought in again, it is the
/// draft that it was. `one` is told what became of it.
Done make(const Place& place, const challengegov::Challenge& c, const json::object& statement, json::object& one) {
  const record::Call call{.platform = place.platform.id,
                          .actor = record::Actor::console(),
                          .name = "challenges.draft",
                          .fields = {{"statement", statement}},
                          .idempotency_key = "import:" + c.id};
  if (place.dry_run) return place.house.acts.rehearse(call);
  auto done = place.house.acts.perform(call);
  if (!done && done.error().message.key == "record.key-used")
    return refuse(Why::conflict, {"challenges.import-changed"});
  if (!done) return std::unexpected(std::move(done).error());
  one["made"] = done->location;
  one["repeated"] = done->repeated;
  return {};
}

Imported import(people::Console& console, const Place* place, const challengegov::Feed& feed, Time now) {
  Imported out;
  const auto refused = [&](std::size_t index, const std::string& title, std::string why) {
    out.refused.push_back(json::object{{"index", index}, {"title", title}, {"why", std::move(why)}});
  };
  for (const auto& r : feed.refused) refused(r.index, r.title, console.say(r.why));
  std::multimap<std::string_view, const challengegov::Guess*> guesses;
  for (const auto& g : feed.guesses) guesses.emplace(g.challenge, &g);
  for (const auto& c : feed.challenges) {
    Begun begun = statement_from(c, now, place == nullptr ? i18n::Zone::utc() : place->platform.zone);
    json::object one = summary(c, begun.statement);
    if (place != nullptr) {
      if (const auto done = make(*place, c, begun.statement, one); !done) {
        std::string why = console.say(done.error().message);
        for (const auto& f : done.error().fields) why += "; " + f.field + ": " + console.say(f.message);
        refused(c.index, c.title, std::move(why));
        continue;
      }
      const auto* repeated = one.if_contains("repeated");
      out.repeated += repeated != nullptr && repeated->as_bool() ? 1 : 0;
    }
    const auto [from, to] = guesses.equal_range(c.id);
    for (auto it = from; it != to; ++it) {
      const auto& g = *it->second;
      out.guessed.push_back(guess(c.id, g.field, g.given, g.taken, console.say(g.why)));
    }
    for (const auto& a : begun.assumed)
      out.guessed.push_back(guess(c.id, a.field, a.given, a.taken, console.say(a.why)));
    out.challenges.push_back(std::move(one));
  }
  return out;
}

void add_import(CLI::App& group, people::Console& console) {
  auto* command = group.add_subcommand(
      "import", "Read a feed of Challenge.gov and make a draft of each challenge in it that can be read");
  const auto w = std::make_shared<ImportWishes>();
  console.needs_house(*command);
  auto* data = command->get_option("--data")->required(false);
  command->add_option("file", w->file, "The feed, as JSON")->required();
  auto* platform = command->add_option("--platform", w->platform, "The platform that gets the drafts, in --data");
  command->add_flag("--dry-run", w->dry_run,
                    "Make nothing, only say what would be made: with --platform and --data there, without them in UTC");
  command->add_flag(
      "--json", w->as_json,
      "The answer as JSON: `read` is how many stand in `challenges`, `refused` are all others of the feed");
  command->callback([w, data, platform, &console] {
    // Without a platform there is nobody whose drafts they could be: the answer is the same, and it is said.
    const bool nowhere = platform->count() == 0;
    if (!nowhere && !w->dry_run && data->count() == 0)
      throw CLI::RequiredError("--data (the folder that --platform is in), or --dry-run,");
    const auto bytes = read_file(w->file, challengegov::Limits{}.bytes);
    if (!bytes) return console.refused(bytes.error());
    const auto feed = challengegov::read(*bytes);
    if (!feed) return console.refused(feed.error());
    const auto tell = [&](const Imported& what) {
      if (!w->as_json) return print(console.out(), console, what);
      console.out() << json::serialize(json::object{{"read", what.challenges.size()},
                                                    {"refused", what.refused},
                                                    {"challenges", what.challenges},
                                                    {"guessed", what.guessed}})
                    << '\n';
    };
    if (nowhere || (w->dry_run && data->count() == 0)) {
      tell(import(console, nullptr, *feed, SystemClock().now()));
      if (!w->dry_run) console.err() << console.say({"challenges.import-nothing-kept"}) << '\n';
      return;
    }
    console.in_house([&](House& house) -> Done {
      const auto platforms = house.platforms.list();
      const auto found = platforms->by_slug(w->platform);
      if (found == nullptr) return refuse(Why::not_found, {"governance.no-platform"});
      const Place place{house, *found, w->dry_run};
      tell(import(console, &place, *feed, house.clock.now()));
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
