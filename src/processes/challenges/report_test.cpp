// Afterwards: everybody inside reads the same report from the award on and nothing before, what a charter keeps back is
// in no form of it, and whoever takes entries away gets what their pages show them.
#include "processes/challenges/report.h"

#include "formats/archive/inspect.h"
#include "formats/archive/unzip_test.h"
#include "formats/csv/csv.h"
#include "processes/challenges/stage_test.h"
#include "processes/challenges/store_judging.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

class Afterwards : public Stage {
 protected:
  std::string page(const std::string& rest) { return "/prize/challenges/" + challenge(c).slug + "/" + rest; }
  object with(object more) {
    more["challenge"] = str(c);
    return more;
  }
  Id team(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->team; });
  }
  std::int64_t number(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; });
  }
  void declare(const std::string& email, Id conflict = {}) {
    array teams;
    for (const Team& t : read([&](storage::ReadTx& tx) { return store::entered_teams(tx, c); })) {
      object said{{"team", str(t.id)}, {"interest", t.id == conflict ? "conflict" : "none"}};
      if (t.id == conflict) said["reason"] = "Their uncle is mine.";
      teams.push_back(std::move(said));
    }
    act(email, "challenges.declare", with({{"teams", std::move(teams)}}));
  }

  /// Reed with a file, Sedge and Rush, sealed.
  void entered() {
    c = open();
    join(c, anna, "Reed");
    reed = write(c, anna, "A strip of copper.");
    auto coming = s.house().files.receive();
    ASSERT_TRUE(coming && coming->write("%PDF-1.4 reed"));
    const auto file = s.house().files.keep(*std::move(coming));
    ASSERT_TRUE(file);
    (void)s.house().database.write([&](storage::WriteTx& tx) -> Done {
      store::insert_file(tx, c,
                         {.id = s.house().ids.next(),
                          .entry = reed,
                          .name = "Reed.pdf",
                          .type = "application/pdf",
                          .sha256 = std::string(64, 'a'),
                          .path = file->id,
                          .size = 13},
                         s.clock().now());
      return {};
    });
    seal(c, anna, reed);
    sedge = enter(c, bram, "Sedge", "A drop of dye.");
    rush = enter(c, cleo, "Rush", "A frog.");
    const std::pair<const char*, const char*> panel[] = {
        {judge_one, "Alpha"}, {judge_two, "Beta"}, {judge_three, "Gamma"}};
    for (const auto& [judge, organisation] : panel)
      act(writer, "challenges.seat-judge",
          with({{"email", judge},
                {"known-as", "Prof. " + std::string(organisation)},
                {"organisation", organisation},
                {"expertise", "copper"},
                {"most", 3}}));
  }
  /// The last of the panel has an interest in Rush.
  void judging() {
    for (const Id entry : {reed, sedge, rush})
      act(screener, "challenges.screen",
          with({{"entry", str(entry)},
                {"outcome", "admissible"},
                {"checks", array{object{{"criterion", 1}, {"finding", "met"}, {"evidence", "It adds up."}}}}}));
    for (const auto* judge : {judge_one, judge_two}) declare(judge);
    declare(judge_three, team(rush));
    act(writer, "challenges.begin-judging", with({}));
  }
  /// The first reader of an entry gives these, the second two points less for accuracy.
  void mark(Id entry, std::int64_t accuracy, std::int64_t ease) {
    for (const auto& a : read([&](storage::ReadTx& tx) { return store::readers_of(tx, entry); })) {
      for (const auto* judge : {judge_one, judge_two, judge_three})
        if (s.id_of(judge) == a.judge)
          act(judge, "challenges.mark",
              with({{"entry", str(entry)},
                    {"round", 1},
                    {"giving", "given"},
                    {"marks", array{object{{"criterion", 1}, {"mark", fields::decimal_text(accuracy, 1)}},
                                    object{{"criterion", 2}, {"mark", fields::decimal_text(ease, 1)}}}}}));
      accuracy -= 20;
    }
  }
  void deliberation() {
    mark(reed, 80, 60);
    mark(sedge, 70, 90);
    mark(rush, 55, 50);
    act(writer, "challenges.begin-deliberation", with({}));
  }
  void awarded() {
    for (const Id entry : {reed, sedge})
      act(writer, "challenges.check-winner",
          with({{"entry", number(entry)}, {"passed", true}, {"reason", "All there."}}));
    s.clock().advance(9 * day_ms);
    act(writer, "challenges.award", with({}));
  }
  void whole() {
    entered();
    close();
    judging();
    deliberation();
    act(writer, "challenges.announce-result", with({}));
    awarded();
  }

  /// The charter without these words; all else stays.
  void change_charter(const std::string& from, const std::string& to) {
    std::string text = charter();
    const auto at = text.find(from);
    ASSERT_NE(at, text.npos) << from;
    text.replace(at, from.size(), to);
    const auto done =
        s.house().acts.perform({prize, record::Actor::console(), "platforms.change-charter", {{"charter", text}}, {}});
    ASSERT_TRUE(done) << told(done.error());
  }

  /// Somebody who is not of the stage, after a month has passed.
  void sign_in(const std::string& email) {
    const Id person = s.id_of(email);
    const auto cookie = s.house().database.write([&](storage::WriteTx& tx) -> Result<std::string> {
      return people::begin_session(tx, s.house().random, person, "Firefox", s.clock().now());
    });
    s.person(email).cookies[std::string(people::session_cookie)] = cookie.value();
  }

  std::vector<csv::Row> csv_of(const std::string& email, const std::string& file) {
    return csv::read(s.person(email).get(page(file)).expect(200).body()).value();
  }

  Id c{}, reed{}, sedge{}, rush{};
};
ON_BOTH_DATABASES(Afterwards);

constexpr std::array inside{writer, editor, screener, seeker,    overseer,  administrator,
                            anna,   bram,   cleo,     judge_one, judge_two, judge_three};
const std::vector<std::string> reports{"report", "report.json"}, exports{"entries.csv", "marks.csv", "entries.zip"};
constexpr auto elsewhere = "administrator@elsewhere.example";

TEST_P(Afterwards, TheReportIsThereFromTheAwardOnForEverybodyInsideAndForNobodyElse) {
  s.give_role(elsewhere, s.platform("another", charter()), "administrator");
  s.person(elsewhere);
  const std::string api = "/api/v1/platforms/prize/challenges/a-cheaper-sensor/report";
  const auto nobody = [&](const std::string& when) {
    SCOPED_TRACE(when);
    for (const auto* email : inside) {
      for (const auto& path : reports) s.person(email).get(page(path)).expect(404).lacks("Copper strip");
      s.person(email).get(api).expect(404);
    }
  };
  entered();
  nobody("open");
  close();
  sign_in(elsewhere);
  nobody("screening");
  judging();
  nobody("judging");
  deliberation();
  nobody("deliberation");
  act(writer, "challenges.announce-result", with({}));
  nobody("provisional");
  awarded();
  for (const auto* email : inside) {
    s.person(email).get(page("report")).expect(200).has("A cheaper sensor").lacks("Copper strip");
    const auto data = s.person(email).get(page("report.json")).expect(200).json();
    EXPECT_EQ(data, s.person(email).get(api).expect(200).json()) << email;
  }
  for (const auto& path : {page("report"), page("report.json"), api})
    for (auto* browser : {&s.visitor(), &s.person(stranger), &s.person(elsewhere)})
      browser->get(path).expect(404).lacks("A cheaper sensor").lacks("Reed").lacks("Alpha").lacks("10,000");
}

TEST_P(Afterwards, TheReportCountsWhatWasAndNamesOnlyThePanelAndWhoWon) {
  whole();
  const auto text = s.person(cleo).get(page("report")).expect(200);
  for (const auto* words : {"Reed", "Sedge", "Prof. Gamma", "Alpha", "Netherlands", "Accuracy", "€15,000"})
    text.has(words);
  for (const auto* words :
       {"Rush", "Member of", "frog", "copper", "uncle", "E0", "screener", "@", "challenges.", "keeps back"})
    text.lacks(words);
  const auto data = s.person(cleo).get(page("report.json")).expect(200).json();
  EXPECT_EQ(data.at("entries"), boost::json::parse(R"({"sent":3,"admissible":3,"inadmissible":0,"disqualified":0})"));
  EXPECT_EQ(data.at("teams"), 3);
  EXPECT_EQ(data.at("countries"), boost::json::parse(R"([{"country":"NL","teams":3}])"));
  EXPECT_EQ(data.at("panel").as_array().size(), 3U);
  EXPECT_EQ(data.at("conflicts"),
            boost::json::parse(R"({"declared":1,"derived":0,"reported":0,"by-organisation":[{"organisation":"Gamma",)"
                               R"("conflicts":1}]})"));
  // 8 and 6, 7 and 5, 5.5 and 3.5.
  EXPECT_EQ(data.at("spread").at("criteria").at(0),
            boost::json::parse(R"({"least":3.5,"mean":5.83,"greatest":8,"criterion":"Accuracy","max":10,"marks":6})"));
  // (3 × 8 + 6) of 40 and (3 × 6 + 6) of 40.
  EXPECT_EQ(data.at("spread").at("ranked"), 3);
  EXPECT_EQ(data.at("spread").at("entries-per-cent").at(0),
            boost::json::parse(R"({"least":60,"mean":67.5,"greatest":75,"place":1,"entry":1,"judges":2})"));
  EXPECT_EQ(data.at("awards").at("awarded"), 1'500'000);
  EXPECT_EQ(data.at("awards").at("given").at(0),
            boost::json::parse(R"({"prize":"First","entry":1,"amount":1000000,"team":"Reed"})"));
  EXPECT_EQ(data.at("follow-ups").as_array().size(), 0U);
  const auto all = boost::json::serialize(data);
  for (const auto* words : {"Rush", "Member of", "uncle", "@", "copper"}) EXPECT_EQ(all.find(words), all.npos) << words;
  act(writer, "challenges.follow-up", with({{"in-use", true}, {"reached", 1'200}, {"words", "Farmers use it."}}));
  s.person(cleo).get(page("report")).has("Farmers use it.").has("1,200 people reached");
  EXPECT_EQ(s.person(cleo).get(page("report.json")).json().at("follow-ups").at(0).at("people-reached"), 1'200);
}

TEST_P(Afterwards, WhatTheCharterKeepsBackIsInNoFormOfTheReportAndIsSaidToBeKeptBack) {
  whole();
  const std::string all = R"(["entries", "teams", "countries", "panel", "rubric", "spread", "conflicts"])";
  struct Kept {
    std::string fact, on_the_page, said;
  };
  const std::vector<Kept> facts{{"entries", "Entries sent in", "the number of entries"},
                                {"teams", "Reed", "the teams"},
                                {"countries", "Teams by country", "the countries they come from"},
                                {"panel", "Prof. Alpha", "the panel"},
                                {"rubric", "Accuracy", "how entries are marked"},
                                {"spread", "How far the judges lay apart", "the spread of the marks"},
                                {"conflicts", "the judge said so", "the conflicts of interest that were declared"}};
  const auto before = s.person(cleo).get(page("report.json")).expect(200).json().as_object();
  for (const auto& [fact, words, said] : facts) {
    SCOPED_TRACE(fact);
    s.person(cleo).get(page("report")).expect(200).has(words).lacks("keeps back");
    std::string rest = all;
    const auto at = rest.find("\"" + fact + "\"");
    rest.replace(at, fact.size() + 2, "");
    if (rest[at] == ',') rest.replace(at, 2, "");
    if (rest[at] == ']') rest.replace(at - 2, 2, "");
    change_charter("facts_after_award = " + all, "facts_after_award = " + rest);
    s.person(cleo).get(page("report")).expect(200).lacks(words).has("keeps back: " + said + ".");
    const auto data = s.person(cleo).get(page("report.json")).expect(200).json().as_object();
    EXPECT_EQ(data, s.person(cleo).get("/api/v1/platforms/prize/challenges/a-cheaper-sensor/report").json());
    EXPECT_FALSE(data.contains(fact));
    EXPECT_EQ(data.at("kept-back"), (array{fact}));
    EXPECT_EQ(boost::json::serialize(data).find(words), std::string::npos);
    for (const auto& [key, value] : before)
      EXPECT_TRUE(key == fact || data.contains(key)) << key << " is another fact, and went with it";
    change_charter("facts_after_award = " + all, "facts_after_award =  " + all);
  }
  change_charter("facts_after_award = " + all, R"(facts_after_award = ["rubric"])");
  const auto left = s.person(cleo).get(page("report.json")).expect(200).json().as_object();
  std::set<std::string> keys;
  for (const auto& [key, value] : left) keys.insert(key);
  EXPECT_EQ(keys, (std::set<std::string>{"challenge", "title", "language", "seeker", "awarded-at", "kept-back",
                                         "rubric", "awards", "follow-ups"}));
}

TEST_P(Afterwards, APublicPlatformsReportIsEverybodysAndIsRenewedByWhatHappens) {
  std::string text = charter();
  whole();
  change_charter("openness = \"closed\"\ndoor = true", "openness = \"open\"");
  s.visitor().get(page("report")).expect(200).has("Reed").lacks("Rush").has("12 months after the award");
  s.visitor().get(page("report.json")).expect(200);
  for (const auto& path : exports) EXPECT_NE(s.visitor().get(page(path)).status(), 200) << path;
  act(writer, "challenges.follow-up", with({{"in-use", false}, {"words", "It broke."}}));
  s.visitor().get(page("report")).expect(200).has("It broke.").has("not in use");
}

TEST_P(Afterwards, TheReportTakesANumberOfStatementsThatDoesNotGrow) {
  whole();
  const auto statements = read([&](storage::ReadTx& tx) {
    const auto before = tx.statements();
    const Challenge found = challenge_of(tx, c);
    const Statement said = statement_of(tx, found);
    (void)report_of(tx, found, said, {all_facts.begin(), all_facts.end()});
    return tx.statements() - before;
  });
  EXPECT_EQ(statements, 10U) << "two for the challenge, one for each fact but the rubric, one each for what was given";
}

TEST_P(Afterwards, WhoeverTakesEntriesAwayGetsWhatTheirPagesShowAndNobodyElseAnything) {
  s.give_role(elsewhere, s.platform("another", charter()), "administrator");
  s.person(elsewhere);
  const auto nobody_but = [&](const std::string& when, const std::map<std::string, std::set<std::string>>& who) {
    SCOPED_TRACE(when);
    for (const auto& path : exports) {
      const auto found = who.find(path);
      for (const auto* email : inside) {
        const bool may = found != who.end() && found->second.contains(email);
        SCOPED_TRACE(std::string(email) + " " + path);
        s.person(email).get(page(path)).expect(may ? 200 : 404);
      }
      for (auto* browser : {&s.person(stranger), &s.person(elsewhere)})
        browser->get(page(path)).expect(404).lacks("Reed").lacks("A cheaper sensor").lacks("PK");
      const auto outside = s.visitor().get(page(path));
      EXPECT_NE(outside.status(), 200);
      outside.lacks("Reed").lacks("PK");
    }
  };
  const std::set<std::string> staff{writer, editor, screener}, operators{writer, editor};
  entered();
  nobody_but("open", {});
  close();
  sign_in(elsewhere);
  nobody_but("screening", {{"entries.csv", staff}, {"entries.zip", staff}});
  s.person(screener).get(page("entries.csv")).has("Reed").has("A strip of copper.").has("the secret people");
  for (const auto* words : {"Reed", "copper", "secret", "Copper strip", "NL"})
    s.person(writer).get(page("entries.csv")).has("1,").lacks(words);
  judging();
  nobody_but("judging", {{"entries.csv", staff}, {"entries.zip", staff}});
  deliberation();
  nobody_but("deliberation", {{"entries.csv", staff}, {"marks.csv", operators}, {"entries.zip", staff}});
  act(writer, "challenges.announce-result", with({}));
  nobody_but("provisional", {{"entries.csv", staff}, {"marks.csv", operators}, {"entries.zip", staff}});
  s.person(writer).get(page("entries.csv")).lacks("Reed").lacks("copper").lacks("E0").lacks("E1").has("18.5");
  awarded();
  nobody_but("awarded", {{"entries.csv", staff}, {"marks.csv", staff}, {"entries.zip", staff}});
  s.person(writer).get(page("report")).has("entries.zip").has("marks.csv");
  s.person(judge_one).get(page("report")).lacks("entries.zip").lacks("entries.csv");
}

TEST_P(Afterwards, AConflictASeatAndATeamOutweighTheRightToScreen) {
  entered();
  s.give_role("former@panel.example", prize, "judge");
  s.person("former@panel.example");
  act(writer, "challenges.seat-judge",
      with({{"email", "former@panel.example"}, {"known-as", "Former"}, {"organisation", "Delta"}, {"most", 3}}));
  close();
  sign_in("former@panel.example");
  declare("former@panel.example", team(reed));
  act(writer, "challenges.unseat-judge", with({{"judge", str(s.id_of("former@panel.example"))}}));
  for (const auto* email : {"former@panel.example", anna, judge_one}) s.give_role(email, prize, "screener");
  judging();
  deliberation();
  act(writer, "challenges.announce-result", with({}));
  for (const auto& path : exports) {
    s.person(anna).get(page(path)).expect(404);       // in a team
    s.person(judge_one).get(page(path)).expect(404);  // has a seat
  }
  const auto rows = csv_of("former@panel.example", "entries.csv");
  ASSERT_EQ(rows.size(), 3U) << "a heading and two entries";
  s.person("former@panel.example").get(page("entries.csv")).has("Sedge").has("A frog.").lacks("Reed").lacks("copper");
  const auto zip = archive::unzip(s.person("former@panel.example").get(page("entries.zip")).expect(200).body());
  ASSERT_EQ(zip.size(), 1U) << "no file of the entry in which there is an interest, and no marks before the award";
  EXPECT_EQ(zip[0].first, "entries.csv");
  EXPECT_EQ(zip[0].second.find("copper"), std::string::npos);
}

TEST_P(Afterwards, OfWhatWasCancelledNobodyTakesAnythingAway) {
  entered();
  close();
  s.person(screener).get(page("entries.csv")).expect(200);
  act(writer, "challenges.cancel", with({{"why", "The ditch dried up."}}));
  for (const auto* email : inside)
    for (const auto& list : {reports, exports})
      for (const auto& path : list) s.person(email).get(page(path)).expect(404).lacks("Reed").lacks("copper");
}

TEST_P(Afterwards, TheZipOpensElsewhereAndItsTablesReadBack) {
  whole();
  const std::string bytes = s.person(screener).get(page("entries.zip")).expect(200).body();
  ASSERT_TRUE(archive::inspect_zip(bytes));
  std::map<std::string, std::string> in;
  for (auto& [name, content] : archive::unzip(bytes)) in[name] = content;
  ASSERT_EQ(in.size(), 5U);
  EXPECT_EQ(in.at("entry-1/Reed.pdf"), "%PDF-1.4 reed");
  EXPECT_EQ(in.at("entries.csv"), s.person(screener).get(page("entries.csv")).body());
  EXPECT_EQ(in.at("marks.csv"), s.person(screener).get(page("marks.csv")).body());
  const auto ranking = boost::json::parse(in.at("ranking.json"));
  EXPECT_TRUE(in.contains("result.json"));

  const auto entries = csv::read(in.at("entries.csv")).value();
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].cells,
            (std::vector<std::string>{"entry", "team", "organisation", "country", "state", "sealed-at", "title",
                                      "How it works", "Who you are", "place", "score", "amount"}));
  EXPECT_EQ(entries[1].cells[1], "Reed");
  EXPECT_EQ((std::vector<std::string>(entries[3].cells.end() - 3, entries[3].cells.end())),
            (std::vector<std::string>{"3", "18.5", "0"}));

  // The same marks by the same numbers as in the file that the ranking was made from.
  std::set<std::string> listed, ranked;
  const auto marks = csv::read(in.at("marks.csv")).value();
  EXPECT_EQ(marks[0].cells, (std::vector<std::string>{"entry", "judge", "Accuracy", "Ease"}));
  for (std::size_t i = 1; i < marks.size(); ++i)
    for (std::size_t k = 2; k < 4; ++k)
      listed.insert(marks[i].cells[0] + ' ' + marks[i].cells[1] + " c" + std::to_string(k - 1) + ' ' +
                    std::to_string(std::stod(marks[i].cells[k])));
  for (const auto& m : ranking.at("marks").as_array())
    ranked.insert(std::string(m.at("entry").as_string()) + ' ' + std::string(m.at("judge").as_string()) + ' ' +
                  std::string(m.at("criterion").as_string()) + ' ' + std::to_string(m.at("mark").to_number<double>()));
  EXPECT_EQ(listed, ranked);
  EXPECT_EQ(listed.size(), 12U);
}

}  // namespace
}  // namespace polder::challenges
