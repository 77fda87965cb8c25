// entries_table_bench [REQUESTS]: the operator's table of who reads what, with 10,000 entries in judging, 100 judges,
// three readers an entry and nine in ten of their marks given: its first, middle and last page, asked of the reception
// as a server asks it, one request after the other. Limit: 50 ms for 99 of 100. Also printed: the jury's other lists.
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "app/building.h"
#include "app/figures.h"
#include "app/reception.h"
#include "people/person.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/store_marks.h"
#include "processes/challenges/store_solvers.h"

namespace {

using namespace polder;
namespace json = boost::json;
namespace store = challenges::store;
using json::array;
using json::object;

constexpr std::int64_t entries = 10'000, judges = 100, readers = 3;
constexpr double limit_ms = 50;

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "entries_table_bench: %s\n", what.c_str());
  std::exit(1);
}

template <class T>
T must(Result<T> made, const std::string& what) {
  if (made) return *std::move(made);
  std::string why = made.error().message.key;
  for (const auto& f : made.error().fields) why += "; " + f.field + ": " + f.message.key;
  give_up(what + ": " + why);
}

/// A folder of the benchmark's own, gone with it.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string made = (std::filesystem::temp_directory_path() / "polder-bench-XXXXXX").string();
    if (mkdtemp(made.data()) == nullptr) give_up("no temporary folder");
    path = made;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

object statement(Time now) {
  const auto wall = [&](std::int64_t days) { return iso(now + days * day_ms).substr(0, 16); };
  return {{"title", "A cheaper sensor"},
          {"summary", "Measure nitrate in a ditch for less than ten euros."},
          {"language", "en"},
          {"kind", "reduction-to-practice"},
          {"mode", "ranked"},
          {"seeker", "The water board"},
          {"problem", "Laboratories are slow."},
          {"solution", "A sensor that a farmer reads alone."},
          {"criteria", array{object{{"words", "Costs less than ten euros"}}}},
          {"rubric", array{object{{"name", "Accuracy"}, {"weight", 3}, {"max", 10}},
                           object{{"name", "Cost"}, {"weight", 2}, {"max", 10}},
                           object{{"name", "Ease"}, {"weight", 1}, {"max", 10}}}},
          {"entry", array{object{{"label", "How it works"}, {"at-most", 5'000}, {"judges-see", true}}}},
          {"prizes", array{object{{"name", "First"}, {"amount", "10000"}, {"given-for", "place"}}}},
          {"currency", "EUR"},
          {"rights", "winners-only"},
          {"rights-words", "Winners sign an agreement."},
          {"agreement", "You keep what you read here to yourself."},
          {"opens", wall(1)},
          {"closes", wall(17)},
          {"objection-days", 7},
          {"follow-up-months", 12},
          {"team-size", 3},
          {"entries-a-team", 1},
          {"files", 0},
          {"file-megabytes", 1},
          {"readers", readers},
          {"rounds", 1},
          {"normalisation", "none"},
          {"ties", array{object{{"by", "criterion"}, {"criterion", 1}}}}};
}

class Prize {
 public:
  explicit Prize(const std::filesystem::path& folder) {
    building_ = must(
        app::Building::open({.data = folder, .password_cost = {.passes = 1, .memory_bytes = 8'192}}, clock_, random_),
        "the building does not open");
    const auto console = record::Actor::console();
    house().settings.quiet = true;
    perform(record::server_platform, console, "platforms.create",
            {{"slug", "prize"},
             {"charter", "prize"},
             {"title", "Prizes"},
             {"operated-by", "The company"},
             {"languages", array{"en"}},
             {"administrator", "boss@bench.example"}});
    house().platforms.reload();
    platform_ = house().platforms.list()->by_slug("prize")->id;
    for (const auto& [email, role] : {std::pair{"writer@bench.example", "operator"},
                                      {"editor@bench.example", "operator"},
                                      {"screener@bench.example", "screener"},
                                      {"judge0@bench.example", "judge"},
                                      {"judge1@bench.example", "judge"}})
      perform(platform_, console, "platforms.appoint", {{"email", email}, {"role", role}});
    challenge_ =
        perform(platform_, somebody("writer", "operator"), "challenges.draft", {{"statement", statement(clock_.now())}})
            .made;
    const object fields{{"challenge", str(challenge_)}};
    perform(platform_, somebody("writer", "operator"), "challenges.submit", fields);
    perform(platform_, somebody("editor", "operator"), "challenges.publish", fields);
    fill();
    figures_.emplace(house(),
                     app::Figures::Sources{.http = [] { return http::Figures{}; },
                                           .jobs = [] { return jobs::Figures{}; },
                                           .stopped_records = [] { return std::size_t{0}; }},
                     "");
    reception_.emplace(house(), *figures_, app::Reception::Options{.any_host = true});
  }

  people::House& house() { return building_->house(); }

  void deliberate() {
    write([&](storage::WriteTx& tx) { store::set_phase(tx, challenge_, challenges::Phase::deliberation); });
  }

  std::string cookie(const std::string& name) {
    return std::string(people::session_cookie) + '=' +
           must(house().database.write([&](storage::WriteTx& tx) -> Result<std::string> {
             return people::begin_session(tx, house().random, person(tx, name), "bench", clock_.now());
           }),
                "no session");
  }

  /// The page, which must have these words.
  std::string get(const std::string& cookie, const std::string& rest, const std::string& query, const char* words) {
    http::Request request;
    request.path = "/prize/challenges/a-cheaper-sensor/" + rest;
    request.query = query;
    request.host = "127.0.0.1:8080";
    request.remote = "192.0.2.7";
    request.headers = {{"accept-language", "en"}, {"cookie", cookie}};
    const auto response = reception_->handle(request);
    std::string body = response.body ? *response.body : std::string();
    if (response.status != 200 || body.find(words) == body.npos)
      give_up(rest + "?" + query + " answered " + std::to_string(response.status) + " without \"" + words + '"');
    return body;
  }

 private:
  record::Recorded perform(Id platform, const record::Actor& actor, const std::string& act, const object& fields) {
    return must(house().acts.perform({platform, actor, act, fields, {}}), act);
  }
  Id person(storage::WriteTx& tx, const std::string& name) {
    return people::person_for_address(tx, house().ids, clock_.now(), name + "@bench.example", name, i18n::Language::en);
  }
  record::Actor somebody(const std::string& name, const std::string& role) {
    const Id id =
        must(house().database.write([&](storage::WriteTx& tx) -> Result<Id> { return person(tx, name); }), "no person");
    return {.kind = record::Actor::Kind::person, .person = id, .roles = {role}};
  }
  template <class Fn>
  void write(Fn&& fn) {
    if (!house().database.write([&](storage::WriteTx& tx) -> Done {
          fn(tx);
          return {};
        }))
      give_up("a write was refused");
  }

  /// Teams, entries, readers and marks as the acts leave them, without what each act records of itself.
  void fill() {
    std::vector<Id> panel;
    write([&](storage::WriteTx& tx) {
      for (std::int64_t j = 0; j < judges; ++j) {
        panel.push_back(person(tx, "judge" + std::to_string(j)));
        challenges::Judge judge;
        judge.challenge = challenge_;
        judge.person = panel.back();
        judge.name = "Judge " + std::to_string(j);
        judge.expertise = {"copper", "nitrate"};
        judge.most = 400;
        store::put_judge(tx, judge);
        // The first has spoken of every team, the second begins.
        store::set_declared(tx, challenge_, judge.person, j != 1);
      }
    });
    const std::string words(2'000, 'w');
    for (std::int64_t from = 0; from < entries; from += 500)
      write([&](storage::WriteTx& tx) {
        for (std::int64_t n = from; n < from + 500; ++n) enter(tx, n, words, panel);
      });
    write([&](storage::WriteTx& tx) { store::set_phase(tx, challenge_, challenges::Phase::judging); });
  }

  void enter(storage::WriteTx& tx, std::int64_t n, const std::string& words, const std::vector<Id>& panel) {
    challenges::Team team;
    team.id = house().ids.next();
    team.challenge = challenge_;
    team.name = "Team " + std::to_string(n);
    team.country = "NL";
    team.made_at = clock_.now();
    store::insert_team(tx, team);
    const Id id = house().ids.next();
    store::insert_entry(tx, id, challenge_, team.id, {"Strip " + std::to_string(n), {words}}, clock_.now());
    store::seal(tx, *store::entry(tx, id), "00", house().ids.next(), clock_.now());
    store::set_state(tx, *store::entry(tx, id), challenges::EntryState::admissible, "");
    if (const Id first = panel.front(); n % 20 != 0 || (n * 7 + 50) % judges != 0)
      store::put_declaration(tx, challenge_, first, {team.id, false}, clock_.now());
    // One in twenty teams has a judge who knows somebody there.
    if (n % 20 == 0)
      store::insert_conflict(tx, {.challenge = challenge_,
                                  .judge = panel[std::size_t((n * 7 + 50) % judges)],
                                  .team = team.id,
                                  .from = challenges::ConflictFrom::declared,
                                  .reason = "We share a laboratory.",
                                  .at = clock_.now()});
    for (std::int64_t r = 0; r < readers; ++r) {
      const Id judge = panel[std::size_t((n * 7 + r * 13) % judges)];
      store::put_assignment(tx, challenge_,
                            {.entry = id, .judge = judge, .fit = 250 + r * 100, .by_hand = {}, .at = clock_.now()});
      if ((n + r) % 10 != 0)
        store::put_marks(tx, challenge_,
                         {.entry = id,
                          .judge = judge,
                          .round = 1,
                          .state = challenges::MarkState::given,
                          .marks = {(n * 31 + r * 17) % 101, (n * 13 + r * 7) % 101, (n * 3 + r) % 101},
                          .to_solver = "Say more about salt.",
                          .to_panel = "I like it.",
                          .at = clock_.now()});
    }
  }

  ManualClock clock_{Time{1'798'761'600'000}};  // 2027-01-01T00:00:00Z
  SeededRandom random_{7};
  std::unique_ptr<app::Building> building_;
  std::optional<app::Figures> figures_;
  std::optional<app::Reception> reception_;
  Id platform_{}, challenge_{};
};

/// In MB (proc(5)).
double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name)) return std::atof(line.c_str() + name.size()) / 1024;
  return 0;
}

struct Took {
  double most, half;  ///< milliseconds: 99 of 100 requests, and half of them
};

template <class Work>
Took within(int requests, const Work& work) {
  std::vector<double> took;
  for (int i = 0; i < requests; ++i) {
    const auto began = std::chrono::steady_clock::now();
    work();
    took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
  }
  std::ranges::sort(took);
  return {took[std::size_t(double(took.size()) * 0.99 + 0.5) - 1], took[took.size() / 2]};
}

}  // namespace

int main(int argc, char** argv) {
  const int requests = std::max(argc > 1 ? std::atoi(argv[1]) : 300, 1);
  const Folder folder;
  const auto began = std::chrono::steady_clock::now();
  Prize prize(folder.path);
  std::printf("%lld entries with %lld readers each of %lld judges, made in %.0f s\n", static_cast<long long>(entries),
              static_cast<long long>(readers), static_cast<long long>(judges),
              std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  const std::string writer = prize.cookie("writer"), screener = prize.cookie("screener"),
                    judge = prize.cookie("judge0"), late = prize.cookie("judge1");
  const double before = memory("VmRSS:");
  double worst = 0;
  struct Page {
    const char* what;
    std::string query, entry;
  };
  for (const Page& page : {Page{"first", "", "Entry 1<"}, Page{"middle", "after=5000", "Entry 5,001<"},
                           Page{"last", "after=9900", "Entry 10,000<"}}) {
    const Took took = within(requests, [&] { prize.get(writer, "assignment", page.query, page.entry.c_str()); });
    std::printf("assignment, %s page: 99 of 100 within %.1f ms, half within %.1f ms\n", page.what, took.most,
                took.half);
    worst = std::max(worst, took.most);
  }
  const auto also = [&](const std::string& cookie, const char* rest, const char* query, const char* words) {
    const Took took = within(requests / 3 + 1, [&] { prize.get(cookie, rest, query, words); });
    std::printf("%s%s%s: 99 of 100 within %.1f ms, half within %.1f ms\n", rest, *query == 0 ? "" : "?", query,
                took.most, took.half);
  };
  also(writer, "assignment/5000", "", "Entry 5,000");
  also(writer, "panel", "", "Judge 7");
  also(screener, "screening", "after=9950", "Entry 10,000");
  also(judge, "judging", "", "Entry ");
  also(judge, "judging", "said=1&after=Team+5000", "Team 5001");
  also(late, "judging", "", "Team 1000<");
  also(late, "judging", "after=Team+9000", "Team 9001<");
  also(writer, "deliberation", "", "Marks are missing");
  prize.deliberate();
  also(writer, "deliberation", "", "Entry ");
  also(judge, "deliberation", "after=600-1", "Entry ");
  const double now = memory("VmRSS:");
  std::printf(
      "entries_table_bench: the operator's table of %lld entries, 99 of 100 within %.1f ms, as a ratio of %.0f "
      "ms (%.0f MB resident, %.0f before the first page, %.0f at most): %.2f, at most 1: %s\n",
      static_cast<long long>(entries), worst, limit_ms, now, before, memory("VmHWM:"), worst / limit_ms,
      worst <= limit_ms ? "held" : "MISSED");
}
