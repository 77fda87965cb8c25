// ranking_bench [ROUNDS]: 10,000 entries x 5 judges x 8 criteria put into order, for each normalisation, with whole and
// with fine marks, and with so many ties that the exact arithmetic has to decide. Limit: 50 ms, from marks in memory to
// places and money. Also printed: the same from the JSON file to the JSON answer.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "methods/ranking/ranking_json.h"

using namespace polder;
using namespace polder::ranking;

namespace {

constexpr std::uint32_t entries = 10'000, panel = 5, criteria = 8;
constexpr double limit_ms = 50;

struct Case {
  const char* words;
  std::uint32_t judges;  ///< of whom five mark an entry
  std::int64_t step;     ///< marks are multiples of it, in millionths
  std::uint32_t equals;  ///< so many entries in a row have the same marks
};
constexpr Case cases[] = {
    {"whole marks, a panel of 5", 5, 1'000'000, 1},
    {"whole marks, a panel of 5, each entry with 9 twins", 5, 1'000'000, 10},
    {"marks of six decimals, a panel of 5", 5, 1, 1},
    {"whole marks, 5 of a panel of 100", 100, 1'000'000, 1},
    {"marks 0 or 1, 5 of a panel of 100", 100, 10'000'000, 1},
};

File file_of(const Case& with, Normalisation normalisation) {
  File made;
  made.rule.normalisation = normalisation;
  for (std::uint32_t c = 0; c < criteria; ++c)
    made.rule.criteria.push_back({"c" + std::to_string(c), {(c + 1) * 500'000}, {10'000'000}});
  made.rule.ties = {"criterion:c7", "criterion:c0", "seed:00ff", "share"};
  made.rule.purse = Purse{"EUR", {100'000'00, 50'000'00, 25'000'00}};
  std::mt19937_64 chance(1);
  std::vector<std::int64_t> marks(panel * criteria);
  for (std::uint32_t e = 0; e < entries; ++e) {
    made.entries.push_back({"entry-" + std::to_string(e), Time{1'790'000'000'000 + e / 2 * 1'000}});
    if (e % with.equals == 0)
      for (std::int64_t& mark : marks)
        mark = std::int64_t(chance() % std::uint64_t(10'000'000 / with.step + 1)) * with.step;
    for (std::uint32_t j = 0; j < panel; ++j)
      for (std::uint32_t c = 0; c < criteria; ++c)
        made.marks.push_back(
            {e, with.judges == panel ? j : (e / with.equals * 7 + j * 20) % with.judges, c, {marks[j * criteria + c]}});
  }
  std::ranges::shuffle(made.marks, chance);
  return made;
}

std::string json_of(const File& file) {
  std::string out = R"({"criteria":[)";
  const auto next = [&out] {
    if (out.back() != '[') out += ',';
  };
  for (const Criterion& c : file.rule.criteria) {
    next();
    out += R"({"id":")" + c.id + R"(","weight":)" + str(c.weight) + R"(,"max":)" + str(c.max) + '}';
  }
  out += R"(],"normalisation":")" + std::string(name(file.rule.normalisation)) + R"(","ties":[)";
  for (const std::string& tie : file.rule.ties) next(), out += '"' + tie + '"';
  out += R"(],"purse":{"currency":"EUR","amounts":[10000000,5000000,2500000]},"entries":[)";
  for (const Entry& e : file.entries)
    next(), out += R"({"id":")" + e.id + R"(","submitted":")" + iso(*e.submitted) + R"("})";
  out += R"(],"marks":[)";
  for (const Mark& m : file.marks) {
    next();
    out += R"({"entry":")" + file.entries[m.entry].id + R"(","judge":"judge-)" + std::to_string(m.judge) +
           R"(","criterion":")" + file.rule.criteria[m.criterion].id + R"(","mark":)" + str(m.mark) + '}';
  }
  return out + "]}";
}

/// The thread's own time: ranking waits for nothing, so what other programs take of the processor is not its cost.
double now_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

template <class Work>
double median_ms(int rounds, const Work& work) {
  std::vector<double> took;
  for (int i = 0; i < rounds; ++i) {
    const double began = now_ms();
    work();
    took.push_back(now_ms() - began);
  }
  std::ranges::sort(took);
  return took[took.size() / 2];
}

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "ranking_bench: %s\n", what);
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 9;
  double worst = 0, worst_json = 0;
  for (const Case& with : cases)
    for (const Normalisation how : {Normalisation::none, Normalisation::z_score, Normalisation::rank}) {
      const File file = file_of(with, how);
      std::string first;
      std::size_t undecided = 0;
      const double ms = median_ms(rounds, [&] {
        const auto ranking = rank(file.rule, file.entries, file.marks);
        must(ranking.has_value(), "refused");
        if (!first.empty()) return;
        first = write(file.rule, *ranking);
        undecided = std::size_t(std::ranges::count_if(ranking->places, [](const Place& place) {
          return !place.decided_by.empty() && place.decided_by != "score";
        }));
      });
      const std::string json = json_of(file);
      const double json_ms = median_ms(rounds, [&] {
        const auto answer = rank_json(json);
        must(answer.has_value() && *answer == first, "another answer when replayed from JSON");
      });
      std::printf("%s, %s: %.1f ms, %zu ties decided; %.1f ms with %.0f MB of JSON\n", name(how).data(), with.words, ms,
                  undecided, json_ms, double(json.size()) / 1e6);
      worst = std::max(worst, ms);
      worst_json = std::max(worst_json, json_ms);
    }
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::printf("with its JSON the slowest took %.1f ms; %ld MB at most, the files included\n", worst_json,
              used.ru_maxrss / 1024);
  std::printf("ranking_bench: the slowest, median of %d, %.1f ms, as a ratio of %.0f ms: %.2f, at most 1: %s\n", rounds,
              worst, limit_ms, worst / limit_ms, worst <= limit_ms ? "held" : "MISSED");
}
