// The commands as whoever types them sees them: what comes out, byte for byte, and what is refused with one clear
// line. The house is the test's own; the program that opens one is src/app/commands.
#include "processes/challenges/commands.h"

#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

#include "formats/challengegov/addresses.h"
#include "kernel/i18n/i18n.h"
#include "processes/challenges/import.h"
#include "processes/challenges/stage_test.h"
#include "processes/challenges/store.h"

namespace polder::challenges {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Told final : public people::Console {
 public:
  explicit Told(House* house) : house_(house) {}
  void needs_house(CLI::App& command) override { command.add_option("--data", data_, "")->required(); }
  void in_house(const std::function<Done(House&)>& work) override {
    ASSERT_NE(house_, nullptr);
    if (const auto done = work(*house_); !done) refused(done.error());
  }
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }
  std::string say(const Message& message) const override { return words_.say(i18n::Language::en, message); }
  void refused(const Refusal& refusal) override {
    err_ << say(refusal.message) << '\n';
    code_ = 1;
  }
  void exit_with(int code) override { code_ = code; }

  struct Ran {
    int code = 0;
    std::string out, err;
  };
  Ran run(std::vector<std::string> words) {
    CLI::App app("Polder", "polder");
    add_commands(app, *this);
    std::ranges::reverse(words);  // as CLI11 wants a list
    try {
      app.parse(words);
    } catch (const CLI::ParseError& fault) {
      code_ = app.exit(fault, out_, err_) == 0 ? 0 : 2;
    }
    return {code_, out_.str(), err_.str()};
  }

 private:
  House* house_;
  std::string data_;
  std::ostringstream out_, err_;
  i18n::Catalogues words_{embedded_below("messages/")};
  int code_ = 0;
};

Told::Ran polder(std::vector<std::string> words, House* house = nullptr) { return Told(house).run(std::move(words)); }

struct File {
  storage::Folder place;
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream(place.path() / name, std::ios::binary) << bytes;
    return (place.path() / name).string();
  }
};

/// Refused: nothing is printed but one line that says why.
void expect_one_line(const Told::Ran& ran, std::string_view words) {
  EXPECT_NE(ran.code, 0);
  EXPECT_THAT(ran.out, IsEmpty());
  EXPECT_THAT(ran.err, HasSubstr(words));
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  EXPECT_LT(ran.err.size(), 300U);
}

// ---- rank ----

constexpr auto kRanking =
    R"({"criteria":[{"id":"a","weight":0.5,"max":10},{"id":"b","weight":1,"max":10}],"normalisation":"none",
"ties":["criterion:b","share"],"purse":{"currency":"EUR","amounts":[1001,500]},
"entries":[{"id":"x"},{"id":"y"},{"id":"z"},{"id":"w"}],
"marks":[{"entry":"x","judge":"j","criterion":"a","mark":5},{"entry":"x","judge":"j","criterion":"b","mark":5},
{"entry":"y","judge":"j","criterion":"a","mark":5},{"entry":"y","judge":"j","criterion":"b","mark":5},
{"entry":"z","judge":"j","criterion":"a","mark":0.2},{"entry":"z","judge":"j","criterion":"b","mark":7}]})";

TEST(RankCommand, AnswersTheSameBytesWithNumbersAsPeopleWriteThem) {
  const File files;
  const auto ran = polder({"challenges", "rank", files.write("file.json", kRanking), "--json"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(
      ran.out,
      R"({"ranking":[{"entry":"x","rank":1,"score":7.5,"amount":751,"decided_by":"share"},)"
      R"({"entry":"y","rank":1,"score":7.5,"amount":750,"decided_by":"score"},)"
      R"({"entry":"z","rank":3,"score":7.1,"amount":0,"decided_by":null}],"unmarked":["w"],"currency":"EUR","paid":1501,)"
      R"("method":{"name":"polder-ranking","version":"1","normalisation":"none","ties":["criterion:b","share"]}})"
      "\n");
}

TEST(RankCommand, IsATableForWhoReadsIt) {
  const File files;
  const auto ran = polder({"challenges", "rank", files.write("file.json", kRanking)});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("\n    1    7.5             751  x\n"));
  EXPECT_THAT(ran.out, HasSubstr("no marks                    w\n"));
}

TEST(RankCommand, RefusesGarbageAndWhatWasCutOff) {
  const File files;
  const auto refused = [&](std::string_view bytes, std::string_view words) {
    expect_one_line(polder({"challenges", "rank", files.write("file.json", bytes), "--json"}), words);
  };
  const std::string good = kRanking;
  for (std::size_t length : {std::size_t(0), std::size_t(1), good.size() / 2, good.size() - 1})
    refused(good.substr(0, length), "not correct JSON");
  refused(good + "x", "not correct JSON");
  refused(std::string_view("\x7f\x45\x4c\x46\0\0\xff", 7), "not correct JSON");
  refused("[]", "file");
  expect_one_line(polder({"challenges", "rank", (files.place.path() / "none").string()}), "cannot be read");
  expect_one_line(polder({"challenges", "rank", files.place.path().string()}), "cannot be read");
}

TEST(RankCommand, RefusesABombOfAHundredMegabytesAndNestingWithoutEnd) {
  const File files;
  std::string bomb(100'000'000, '[');
  expect_one_line(polder({"challenges", "rank", files.write("file.json", bomb)}), "file");
  const std::string start = R"({"criteria":[)", one = R"({"id":"a","weight":1,"max":1},)";
  bomb.assign(start);
  while (bomb.size() < 100'000'000) bomb += one;
  expect_one_line(polder({"challenges", "rank", files.write("file.json", bomb)}), "criteria");
  bomb.assign(200'000'000, ' ');
  expect_one_line(polder({"challenges", "rank", files.write("file.json", bomb)}), "too large");
  // Where other fields are passed over, there too.
  const std::string deep = R"({"entries":[{"id":"x","more":)" + std::string(100'000, '[');
  expect_one_line(polder({"challenges", "rank", files.write("file.json", deep)}), "JSON");
}

TEST(RankCommand, SaysWhoLeftOutWhichCriterionOfWhichEntry) {
  const File files;
  std::string gap = kRanking;
  gap = std::regex_replace(gap, std::regex(R"(,\{"entry":"z","judge":"j","criterion":"b","mark":7\})"), "");
  const auto ran = polder({"challenges", "rank", files.write("file.json", gap)});
  expect_one_line(ran, "“z”");
  EXPECT_THAT(ran.err, HasSubstr("“b”"));
  EXPECT_THAT(ran.err, HasSubstr("marks[4]")) << "where the judge stands in the file";
}

// ---- import ----

constexpr auto kReal = "../shared/data/challenges/challenge-gov-open.json";
constexpr auto kOwn = "src/formats/challengegov/testdata/feed.json";

const json::value* guess_of(const json::value& answer, std::string_view challenge, std::string_view field,
                            std::string_view why = "") {
  for (const auto& g : answer.at("guessed").as_array())
    if (g.at("challenge").as_string() == challenge && g.at("field").as_string() == field &&
        std::string_view(g.at("why").as_string()).find(why) != std::string_view::npos)
      return &g;
  return nullptr;
}

std::vector<std::string> keys(const json::value& object) {
  std::vector<std::string> out;
  for (const auto& [key, value] : object.as_object()) out.emplace_back(key);
  return out;
}

std::string feed_with(std::string_view fields) {
  return R"({"_challenge":[{"challenge-id":"1","challenge-title":"T")" + std::string(fields) + "}]}";
}

challengegov::Challenge first_of(const std::string& feed) { return challengegov::read(feed).value().challenges.at(0); }

TEST(ImportCommand, SaysThatNothingWasKeptWhereItWasToldNoPlaceForIt) {
  const auto nowhere = polder({"challenges", "import", kOwn, "--json"});
  EXPECT_EQ(nowhere.code, 0);
  EXPECT_THAT(nowhere.out, HasSubstr("\"read\""));
  EXPECT_THAT(nowhere.err, HasSubstr("--platform"));
  EXPECT_THAT(polder({"challenges", "import", kOwn, "--json", "--dry-run"}).err, IsEmpty()) << "as was asked";
  const auto no_data = polder({"challenges", "import", kOwn, "--platform", "prize"});
  EXPECT_EQ(no_data.code, 2);
  EXPECT_THAT(no_data.out, IsEmpty());
  EXPECT_THAT(no_data.err, HasSubstr("--data"));
}

TEST(ImportCommand, CountsWhatCanBeReadAndNamesWhatCannot) {
  const File files;
  const auto ran = polder({"challenges", "import",
                           files.write("feed.json", R"({"_challenge":[7,{"challenge-id":"1","challenge-title":"Good"},
                             {"challenge-id":"1","challenge-title":"Again"}]})"),
                           "--dry-run", "--json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto answer = json::parse(ran.out);
  EXPECT_THAT(keys(answer), testing::ElementsAre("read", "refused", "challenges", "guessed"));
  EXPECT_EQ(answer.at("read").as_int64(), 1);
  EXPECT_EQ(answer.at("challenges").as_array().size(), 1U);
  ASSERT_EQ(answer.at("refused").as_array().size(), 2U);
  EXPECT_EQ(answer.at("refused").at(0).at("index").as_int64(), 0);
  EXPECT_EQ(answer.at("refused").at(1).at("title").as_string(), "Again");
  EXPECT_FALSE(answer.at("refused").at(1).at("why").as_string().empty());
}

TEST(ImportCommand, RefusesBombsNestingGarbageAndWhatWasCutOff) {
  const File files;
  const auto refused = [&](const std::string& bytes, std::string_view words) {
    expect_one_line(polder({"challenges", "import", files.write("feed.json", bytes), "--dry-run", "--json"}), words);
  };
  const std::string start = R"({"_challenge":[)";
  std::string bomb = start;
  while (bomb.size() < 100'000'000) bomb += R"({"challenge-id":"1","challenge-title":"T"},)";
  refused(bomb, "larger than 16 MB");
  refused(start + std::string(100'000, '['), "nested deeper");
  refused(start, "stops being JSON");
  refused("", "stops being JSON");
  refused("{}", "no feed of Challenge.gov");
  std::ifstream own(kOwn, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(own), {}};
  refused(whole.substr(0, whole.size() / 2), "stops being JSON");
  expect_one_line(polder({"challenges", "import", "none.json", "--dry-run"}), "cannot be read");
}

TEST(Import, TellsTheFeedsMomentsOnThePlatformsClock) {
  const auto c = first_of(feed_with(R"(,"submission-start":"2021/07/14 12:00 PM ET",
                                        "submission-end":"2021/11/10 11:59 PM ET")"));
  const i18n::Zone amsterdam = i18n::Zone::named("Europe/Amsterdam").value();
  for (const auto& zone : {amsterdam, i18n::Zone::utc(), i18n::Zone::named("Asia/Kathmandu").value()}) {
    const Begun begun = statement_from(c, Time{}, zone);
    const auto moment = [&](std::string_view field) {
      fields::WallTime wall;
      std::vector<FieldError> errors;
      fields::Reading reading{errors};
      fields::Trait<fields::WallTime>::read(&begun.statement.at(field), wall, reading);
      EXPECT_TRUE(errors.empty());
      return zone.moment({wall.date, wall.hour, wall.minute});
    };
    EXPECT_EQ(iso(moment("opens")), "2021-07-14T16:00:00Z") << zone.name();
    EXPECT_EQ(iso(moment("closes")), "2021-11-11T04:59:00Z") << zone.name();
  }
  EXPECT_EQ(statement_from(c, Time{}, amsterdam).statement.at("opens").as_string(), "2021-07-14T18:00");
}

TEST(Import, SaysSoWhereThePlatformsClockShowsAnHourTwice) {
  const auto c = first_of(feed_with(R"(,"submission-start":"2021/10/01 9:00 AM ET",
                                        "submission-end":"2021/10/30 9:30 PM ET")"));
  const Begun begun = statement_from(c, Time{}, i18n::Zone::named("Europe/Amsterdam").value());
  EXPECT_EQ(begun.statement.at("closes").as_string(), "2021-10-31T02:30");
  EXPECT_TRUE(std::ranges::any_of(begun.assumed, [](const Assumed& a) {
    return a.field == "closes" && a.why.key == "challenges.import-hour-twice";
  }));
}

TEST(Import, KeepsEveryTextWhereAReaderFindsIt) {
  std::ifstream own(kOwn, std::ios::binary);
  const auto c = first_of({std::istreambuf_iterator<char>(own), {}});
  const auto s = statement_from(c, Time{}, i18n::Zone::utc()).statement;
  const std::string background(s.at("background").as_string());
  EXPECT_THAT(background, StartsWith("# Prizes\n\n"));
  EXPECT_THAT(background, HasSubstr("Up to $85,500, in parts."));
  EXPECT_THAT(background, HasSubstr("\n\n# Judging\n\n"));
  EXPECT_THAT(background, HasSubstr("how much less?"));
  EXPECT_THAT(background, HasSubstr("- With: Province; Municipality\n"));
  EXPECT_THAT(background, HasSubstr("- Legal authority: Other\n"));
  EXPECT_THAT(background, HasSubstr("- Purse: up to US$85,500\n"));
  EXPECT_THAT(background, HasSubstr("<https://www.challenge.gov/challenge/quieter-pumps/>"));
  EXPECT_EQ(
      s.at("agreement").as_string(),
      "**Eligibility Requirements**\n\nAnybody who sleeps near a pump.\n\n# Rules\n\nBe fair.\n\n**Payment**\n\nBy "
      "bank.");
  EXPECT_EQ(s.at("prizes").at(0).at("name").as_string(), "Prize (up to)");
}

TEST(Import, CutsALongTextAfterAParagraphAndSaysSo) {
  std::string rules;
  for (int i = 0; i < 900; ++i) rules += "<p>Rule " + std::to_string(i) + " is the rule that is meant.</p>";
  const auto c = first_of(feed_with(R"(,"permalink":"https://www.challenge.gov/x/","rules":")" + rules + '"'));
  const Begun begun = statement_from(c, Time{}, i18n::Zone::utc());
  const std::string agreement(begun.statement.at("agreement").as_string());
  EXPECT_LE(text::length(agreement), 20'000U);
  EXPECT_GT(text::length(agreement), 19'000U);
  EXPECT_THAT(agreement, StartsWith("Rule 0 is the rule that is meant.\n\nRule 1 is"));
  EXPECT_TRUE(agreement.ends_with(
      "is the rule that is meant.\n\n*This text is shortened. The whole is at* <https://www.challenge.gov/x/>"));
  EXPECT_TRUE(std::ranges::any_of(
      begun.assumed, [](const Assumed& a) { return a.field == "agreement" && a.why.key == "challenges.import-cut"; }));
}

TEST(Import, TellsWhatItTookOfPurseAndCriteria) {
  std::string items;
  for (int i = 0; i < 14; ++i) items += "<li>Point " + std::to_string(i) + " (0.4 points)</li>";
  const auto c = first_of(feed_with(R"(,"judging":"<ul>)" + items + R"(</ul>")"));
  std::set<std::string> told;
  for (const auto& a : statement_from(c, Time{}, i18n::Zone::utc()).assumed) told.insert(a.field + ' ' + a.why.key);
  for (const auto* one :
       {"rubric challenges.import-criteria-left", "rubric challenges.import-rounded", "prizes challenges.import-needed",
        "currency challenges.import-needed", "opens challenges.import-needed", "closes challenges.import-needed",
        "problem challenges.import-needed", "agreement challenges.import-needed"})
    EXPECT_TRUE(told.contains(one)) << one;
}

// ---- the real feed ----

/// E-mail addresses, as our own reader finds them and as anybody would.
void expect_no_address(const std::string& text) {
  EXPECT_THAT(challengegov::addresses(text), IsEmpty());
  const std::regex plain(R"([A-Za-z0-9._+-]+(@|%40|&#64;)[A-Za-z0-9-]+\.[A-Za-z]{2,})");
  std::smatch found;
  EXPECT_FALSE(std::regex_search(text, found, plain)) << found.str();
}

TEST(ImportOfTheRealFeed, IsWholeInADryRunAndNamesNobody) {
  if (!std::filesystem::exists(kReal)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const auto ran = polder({"challenges", "import", kReal, "--dry-run", "--json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  expect_no_address(ran.out);
  const auto answer = json::parse(ran.out);
  EXPECT_THAT(keys(answer), testing::ElementsAre("read", "refused", "challenges", "guessed"));
  EXPECT_EQ(answer.at("read").as_int64(), 29);
  EXPECT_EQ(answer.at("challenges").as_array().size(), 29U);
  EXPECT_TRUE(answer.at("refused").as_array().empty());
  EXPECT_THAT(ran.out, Not(HasSubstr("\"made\"")));
  for (const auto& c : answer.at("challenges").as_array()) {
    const std::string id(c.at("id").as_string());
    for (const auto* field : {"mode", "readers", "team-size", "objection-days", "normalisation", "rights"})
      EXPECT_NE(guess_of(answer, id, field), nullptr) << id << ' ' << field;
  }
  // The Artisanal Mining Grand Challenge: more rules than a statement holds.
  EXPECT_NE(guess_of(answer, "1265", "agreement", "are kept"), nullptr);
  EXPECT_NE(guess_of(answer, "1285", "title", "are kept"), nullptr);
  const auto table = polder({"challenges", "import", kReal, "--dry-run"});
  EXPECT_THAT(table.out, StartsWith("29 read, 0 refused\n"));
  expect_no_address(table.out);
}

class RealFeed : public Stage {};
ON_BOTH_DATABASES(RealFeed);

TEST_P(RealFeed, BecomesDraftsThatOpenAndAreNotMadeTwice) {
  if (!std::filesystem::exists(kReal)) GTEST_SKIP() << "skipped: ../shared/data is absent";
  const std::vector<std::string> words{"challenges", "import", kReal,    "--json",
                                       "--platform", "prize",  "--data", "here"};
  const auto count = [&] { return read([&](storage::ReadTx& tx) { return store::all(tx, prize, true); }).size(); };
  auto rehearsal = words;
  rehearsal.emplace_back("--dry-run");
  const auto rehearsed = polder(rehearsal, &s.house());
  EXPECT_EQ(json::parse(rehearsed.out).at("read").as_int64(), 29) << rehearsed.out.substr(0, 2'000);
  EXPECT_EQ(count(), 0U) << "a dry run makes nothing";

  const auto ran = polder(words, &s.house());
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto answer = json::parse(ran.out);
  EXPECT_EQ(answer.at("read").as_int64(), 29);
  EXPECT_TRUE(answer.at("refused").as_array().empty()) << json::serialize(answer.at("refused"));
  EXPECT_EQ(count(), 29U);
  const auto zone = s.house().platforms.list()->by_id(prize)->zone;
  ASSERT_EQ(zone.name(), "Europe/Amsterdam");
  for (const auto& c : answer.at("challenges").as_array()) {
    const std::string slug = std::string(c.at("made").as_string()).substr(std::string_view("challenges/").size());
    const auto [row, version] = read([&](storage::ReadTx& tx) {
      const auto found = store::by_slug(tx, prize, slug).value();
      return std::pair{found, store::version(tx, found.id, 0)};
    });
    ASSERT_TRUE(version) << slug;
    EXPECT_EQ(row.phase, Phase::draft);
    EXPECT_EQ(iso(row.opens_at), c.at("opens").as_string()) << "as the feed means it";
    EXPECT_EQ(iso(row.closes_at), c.at("closes").as_string()) << slug;
    for (const auto& words_of :
         {version->statement.problem.value, version->statement.agreement.value, version->statement.solution.value,
          version->statement.summary.value, version->statement.background ? version->statement.background->value : ""})
      expect_no_address(words_of);
    s.person(writer).get("/prize/challenges/" + slug).expect(200);
  }

  const auto again = polder(words, &s.house());
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(json::parse(again.out).at("read").as_int64(), 29);
  EXPECT_TRUE(json::parse(again.out).at("challenges").at(0).at("repeated").as_bool());
  EXPECT_EQ(count(), 29U) << "brought in again, each is the draft that it was";
}

class OwnFeed : public Stage {
 protected:
  File files;
};
ON_BOTH_DATABASES(OwnFeed);

TEST_P(OwnFeed, ThatSaysSomethingElseLaterLeavesTheDraftAlone) {
  const auto import = [&](std::string_view tagline) {
    const auto ran = polder({"challenges", "import",
                             files.write("feed.json", feed_with(R"(,"submission-start":"2021/07/14 12:00 PM ET",
                               "submission-end":"2021/11/10 11:59 PM ET","tagline":")" +
                                                                std::string(tagline) + '"')),
                             "--json", "--platform", "prize", "--data", "here"},
                            &s.house());
    return json::parse(ran.out);
  };
  EXPECT_EQ(import("One.").at("read").as_int64(), 1);
  const auto later = import("Two.");
  EXPECT_EQ(later.at("read").as_int64(), 0);
  EXPECT_THAT(std::string(later.at("refused").at(0).at("why").as_string()), HasSubstr("brought in before"));
  EXPECT_EQ(read([&](storage::ReadTx& tx) { return store::all(tx, prize, true); }).at(0).summary, "One.");
}

TEST_P(OwnFeed, IsRefusedForAPlatformThatIsNotThere) {
  const auto ran = polder({"challenges", "import", kOwn, "--platform", "nowhere", "--data", "here"}, &s.house());
  EXPECT_NE(ran.code, 0);
  EXPECT_THAT(ran.out, IsEmpty());
}

}  // namespace
}  // namespace polder::challenges
