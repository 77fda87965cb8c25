// What the pages of a challenge cost: a number of SQL statements that does not grow with what people do.
#include "processes/challenges/judging.h"
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

class Pages : public Stage {
 protected:
  /// Of a page asked for the second time: what is noted once is not what a page costs.
  std::int64_t statements(const std::string& email, const std::string& path) {
    s.person(email).get(path).expect(200);
    const auto before = s.house().database.figures().statements;
    s.person(email).get(path).expect(200);
    return s.house().database.figures().statements - before;
  }
};
ON_BOTH_DATABASES(Pages);

TEST_P(Pages, TakeAsManyStatementsWithManyTeamsQuestionsAndEntriesAsWithFew) {
  const Id c = open();
  const std::string root = "/prize/challenges/" + challenge(c).slug;
  enter(c, anna, "Reed", "A strip of copper.");
  act(anna, "challenges.ask", {{"challenge", str(c)}, {"words", "May it float?"}});
  const std::vector<std::pair<const char*, std::string>> pages{
      {anna, "/prize/challenges"},   {anna, root},
      {anna, root + "/team"},        {anna, root + "/questions"},
      {writer, root + "/questions"}, {writer, root + "/panel"}};
  std::vector<std::int64_t> few;
  for (const auto& [who, path] : pages) few.push_back(statements(who, path));
  enter(c, bram, "Sedge", "A drop of dye.");
  enter(c, cleo, "Rush", "A frog.");
  for (int n = 0; n < 5; ++n)
    act(bram, "challenges.ask", {{"challenge", str(c)}, {"words", "Question " + std::to_string(n)}});
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_EQ(statements(pages[i].first, pages[i].second), few[i]) << pages[i].second;
    EXPECT_LE(few[i], 16) << pages[i].second;
  }
}

// ---- the jury's pages ----

/// Challenges with so many entries and judges, walked through their phases beside each other.
class JuryPages : public Pages {
 protected:
  struct One {
    Id c;
    std::vector<Id> entries = {};
    std::vector<std::string> judges = {};
    std::string root = {};
  };

  Id announced_with(std::int64_t rounds) {
    auto st = statement();
    st["rounds"] = rounds;
    const Id c = act(writer, "challenges.draft", {{"statement", st}});
    act(writer, "challenges.submit", {{"challenge", str(c)}});
    act(editor, "challenges.publish", {{"challenge", str(c)}});
    return c;
  }
  /// Closed, nothing screened.
  std::vector<One> closed(const std::vector<std::size_t>& sizes, std::int64_t rounds = 1) {
    std::vector<One> all;
    for ([[maybe_unused]] const auto size : sizes) all.push_back({announced_with(rounds)});
    s.clock().advance(2 * day_ms);
    s.run_jobs();
    const std::array<const char*, 3> solvers{anna, bram, cleo}, panel{judge_one, judge_two, judge_three};
    const std::array<const char*, 3> teams{"Reed", "Sedge", "Rush"};
    for (std::size_t i = 0; i < all.size(); ++i) {
      One& one = all[i];
      one.root = "/prize/challenges/" + challenge(one.c).slug;
      for (std::size_t n = 0; n < sizes[i]; ++n) one.entries.push_back(enter(one.c, solvers[n], teams[n], "Copper."));
      for (std::size_t n = 0; n < std::max<std::size_t>(2, sizes[i]); ++n) {
        one.judges.emplace_back(panel[n]);
        seat(one, panel[n]);
      }
    }
    close();
    return all;
  }
  void seat(const One& one, const std::string& email, const std::string& organisation = "") {
    act(writer, "challenges.seat-judge",
        {{"challenge", str(one.c)},
         {"email", email},
         {"known-as", "Judge " + email.substr(5, 1)},
         {"organisation", organisation},
         {"most", 10}});
  }
  void begin_judging(const One& one) {
    for (const Id entry : one.entries)
      act(screener, "challenges.screen",
          {{"challenge", str(one.c)},
           {"entry", str(entry)},
           {"checks", array{object{{"criterion", 1}, {"finding", "met"}, {"evidence", "The bill says nine."}}}},
           {"outcome", "admissible"}});
    for (const auto& email : one.judges) {
      array teams;
      for (const Team& t : read([&](storage::ReadTx& tx) { return store::entered_teams(tx, one.c); }))
        teams.push_back(object{{"team", str(t.id)}, {"interest", "none"}});
      act(email, "challenges.declare", {{"challenge", str(one.c)}, {"teams", teams}});
    }
    act(writer, "challenges.begin-judging", {{"challenge", str(one.c)}});
  }
  void mark(const One& one, const std::string& email, Id entry, const std::string& marks, int round = 1,
            const std::string& reason = "") {
    object fields{
        {"challenge", str(one.c)},
        {"entry", str(entry)},
        {"round", round},
        {"marks", array{object{{"criterion", 1}, {"mark", marks}}, object{{"criterion", 2}, {"mark", marks}}}},
        {"to-panel", "Between us."},
        {"giving", "given"}};
    if (!reason.empty()) fields["reason"] = reason;
    act(email, "challenges.mark", fields);
  }
  bool reads(const std::string& email, Id entry) {
    return read([&, judge = s.id_of(email)](storage::ReadTx& tx) {
      const auto all = store::readers_of(tx, entry);
      return std::ranges::find(all, judge, &Assignment::judge) != all.end();
    });
  }
  void mark_all(const One& one) {
    for (std::size_t n = 0; n < one.entries.size(); ++n)
      for (const auto& email : one.judges)
        if (reads(email, one.entries[n])) mark(one, email, one.entries[n], std::to_string(5 + n));
  }
  std::string number(Id entry) {
    return std::to_string(read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; }));
  }
  Id team(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->team; });
  }
  /// The entries of a table in the order in which it has them.
  std::vector<std::string> entries_on(const std::string& email, const std::string& path) {
    const std::string body = s.person(email).get(path).expect(200).body(), link = "deliberation/";
    std::vector<std::string> out;
    for (auto at = body.find(link); at != body.npos; at = body.find(link, at + 1)) {
      const auto begin = at + link.size();
      out.push_back(body.substr(begin, body.find('"', begin) - begin));
    }
    return out;
  }
};
ON_BOTH_DATABASES(JuryPages);

TEST_P(JuryPages, TakeAsManyStatementsWithManyEntriesAndJudgesAsWithFew) {
  const auto both = closed({1, 3});
  const auto compare = [&](const std::vector<std::pair<std::string, std::string>>& pages, int most = 16) {
    for (const auto& [who, path] : pages) {
      const auto few = statements(who, both[0].root + path), many = statements(who, both[1].root + path);
      EXPECT_EQ(many, few) << path << " for " << who;
      EXPECT_LE(many, most) << path << " for " << who;
    }
  };
  const auto first = [&](const One& one) { return number(one.entries.front()); };
  compare({{writer, "/panel"}, {writer, "/assignment"}, {screener, "/screening"}, {judge_one, "/judging"}});
  for (const One& one : both) begin_judging(one);
  // Not only what a later entry would bring: a conflict, too.
  act(writer, "challenges.report-conflict",
      {{"challenge", str(both[1].c)},
       {"judge", str(s.id_of(judge_three))},
       {"entry", str(both[1].entries.back())},
       {"reason", "They share a boat."}});
  act(writer, "challenges.assign-again", {{"challenge", str(both[1].c)}});
  compare({{writer, "/panel"},
           {writer, "/assignment"},
           {screener, "/screening"},
           {judge_one, "/judging"},
           {writer, "/deliberation"}});
  ASSERT_EQ(first(both[0]), first(both[1]));
  compare({{writer, "/assignment/" + first(both[0])}, {screener, "/screening/" + first(both[0])}});
  for (const One& one : both) {
    mark_all(one);
    act(writer, "challenges.begin-deliberation", {{"challenge", str(one.c)}});
  }
  compare({{writer, "/assignment"},
           {judge_one, "/judging"},
           {writer, "/deliberation"},
           {judge_one, "/deliberation"},
           {writer, "/deliberation/" + first(both[0])}});
  for (const One& one : both) act(writer, "challenges.announce-result", {{"challenge", str(one.c)}});
  compare({{writer, "/result"}, {judge_one, "/result"}, {anna, "/result"}}, 28);
}

TEST_P(JuryPages, TheDeskAsksAPageOfTeamsAtATimeByNameAndTakesAsManyStatementsForManyAsForFew) {
  const auto both = closed({1, 1});
  const One& many = both[1];
  const auto few = statements(judge_one, both[0].root + "/judging");
  const auto name = [](int n) { return "Team " + std::to_string(1'000 + n); };
  // Not in the order of their names, and one that sent nothing in.
  ASSERT_TRUE(s.house().database.write([&](storage::WriteTx& tx) -> Done {
    for (int n = 149; n >= 0; --n) {
      Team team;
      team.id = s.house().ids.next();
      team.challenge = many.c;
      team.name = n == 149 ? "Silent" : name(n);
      team.country = "NL";
      store::insert_team(tx, team);
      const Id id = s.house().ids.next();
      store::insert_entry(tx, id, many.c, team.id, {"Strip", {"Copper."}}, s.clock().now());
      if (n != 149) store::seal(tx, *store::entry(tx, id), "00", s.house().ids.next(), s.clock().now());
    }
    return {};
  }));
  const std::string desk = many.root + "/judging";
  EXPECT_EQ(statements(judge_one, desk), few);
  const auto first = s.person(judge_one).get(desk).expect(200).has("Say this of 150 teams first");
  // Reed, by the charter of names, and the first of the others.
  first.has("Reed").has(name(98)).lacks(name(99)).lacks("Silent").has("/judging?after=Team%201098");
  EXPECT_LT(first.body().find(name(3)), first.body().find(name(4)));
  s.person(judge_one).get(desk + "?after=Team%201098").expect(200).has(name(99)).has(name(148)).lacks(name(98));
  for (const auto* nonsense : {"%ff%00x", "zzzz", "%27%20OR%201"})
    s.person(judge_one).get(desk + "?after=" + nonsense).expect(200);
  array said;
  const Id judge = s.id_of(judge_one);
  for (const auto& one : read([&](storage::ReadTx& tx) { return store::asked(tx, many.c, judge, {}, 100); }))
    said.push_back(object{{"team", str(one.team)}, {"interest", "none"}});
  act(judge_one, "challenges.declare", {{"challenge", str(many.c)}, {"teams", said}});
  // What was said stands behind what is left, and can be said anew.
  const auto left = s.person(judge_one).get(desk).expect(200).has("Say this of 50 teams first");
  left.has(name(148)).has("Reed").lacks(name(98));
  EXPECT_LT(left.body().find(name(148)), left.body().find("Reed"));
  EXPECT_EQ(statements(judge_one, desk), few);
  s.person(judge_one).get(desk + "?said=1&after=Team%201040").expect(200).has(name(98)).lacks(name(99)).lacks("Reed");
}

TEST_P(JuryPages, TheAssignmentCountsWhatEachJudgeReadsAndHasGiven) {
  const One one = closed({3}).front();
  begin_judging(one);
  std::map<std::string, store::Load> told;
  for (const auto& email : one.judges) told[email] = {};
  for (const auto& email : one.judges)
    for (const Id entry : one.entries)
      if (reads(email, entry)) ++told[email].reads;
  const auto first = std::ranges::find_if(one.judges, [&](const auto& j) { return reads(j, one.entries.front()); });
  mark(one, *first, one.entries.front(), "7");
  told[*first].given = 1;
  const auto check = [&] {
    const auto loads = read([&](storage::ReadTx& tx) { return store::loads(tx, one.c, 1); });
    for (const auto& email : one.judges) {
      const auto found = loads.find(s.id_of(email));
      const auto load = found == loads.end() ? store::Load{} : found->second;
      EXPECT_EQ(std::pair(load.reads, load.given), std::pair(told[email].reads, told[email].given)) << email;
    }
  };
  check();
  // What became void was not given, and is not theirs to read.
  act(writer, "challenges.report-conflict",
      {{"challenge", str(one.c)},
       {"judge", str(s.id_of(*first))},
       {"entry", str(one.entries.front())},
       {"reason", "They share a boat."}});
  --told[*first].reads;
  told[*first].given = 0;
  check();
  s.person(writer).get(one.root + "/assignment").expect(200).has("They share a boat.");
}

TEST_P(JuryPages, DeliberationBeginsWithTheBestAndFollowsChangedMarks) {
  const One one = closed({3}).front();
  begin_judging(one);
  mark_all(one);
  act(writer, "challenges.begin-deliberation", {{"challenge", str(one.c)}});
  std::vector<std::string> best;
  for (const Id entry : one.entries) best.insert(best.begin(), number(entry));
  const std::string page = one.root + "/deliberation";
  EXPECT_EQ(entries_on(writer, page), best);
  // From the key of the best on: what `after` says, and nothing else.
  EXPECT_EQ(entries_on(writer, page + "?after=300-" + best[0]), (std::vector{best[1], best[2]}));
  for (const auto* nonsense : {"300", "x-1", "300-1x", "-", "99999999999999999999-1"})
    EXPECT_EQ(entries_on(writer, page + "?after=" + nonsense), best) << nonsense;
  for (const auto& email : one.judges)
    if (reads(email, one.entries.front())) mark(one, email, one.entries.front(), "9.5", 1, "I had read it too fast.");
  EXPECT_EQ(entries_on(writer, page).front(), number(one.entries.front()));
  // A judge has no page of what they have an interest in, and the list has no hole that tells of it.
  act(judge_one, "challenges.report-conflict",
      {{"challenge", str(one.c)},
       {"judge", str(s.id_of(judge_one))},
       {"entry", str(one.entries.front())},
       {"reason", "I taught her."}});
  EXPECT_EQ(entries_on(judge_one, page).size(), 2U);
  EXPECT_EQ(entries_on(judge_two, page).size(), 3U);
}

TEST_P(JuryPages, WhyMarksBecameVoidIsNotThePanelsWhicheverRoundTheyWereOf) {
  for (const std::int64_t rounds : {1, 2}) {
    const One one = closed({1}, rounds).front();
    const Id entry = one.entries.front();
    begin_judging(one);
    mark(one, judge_one, entry, "4");
    mark(one, judge_two, entry, "8");
    act(judge_one, "challenges.report-conflict",
        {{"challenge", str(one.c)},
         {"judge", str(s.id_of(judge_one))},
         {"entry", str(entry)},
         {"reason", "I am married to her."}});
    if (rounds == 2) mark(one, judge_two, entry, "7", 2);
    act(writer, "challenges.begin-deliberation", {{"challenge", str(one.c)}, {"anyway", "She may not."}});
    mark(one, judge_two, entry, "6", int(rounds), "I had read it too fast.");
    const std::string path = one.root + "/deliberation/" + number(entry);
    for (const auto* who : {judge_two, writer})
      s.person(who)
          .get(path)
          .expect(200)
          .has("I had read it too fast.")
          .has("Judge 1 had given 4 and 4: does not count: a conflict of interest")
          .lacks("married");
  }
}

TEST_P(JuryPages, AConflictThatNobodyHadToSayIsNoKeyOnThePanelsPage) {
  const One one = closed({1}, 2).front();
  const Id entry = one.entries.front();
  begin_judging(one);
  mark(one, judge_one, entry, "4");
  mark(one, judge_two, entry, "8");
  // Sharing out again finds that the judge is in a team.
  s.house()
      .database
      .write([&](storage::WriteTx& tx) -> Done {
        Member m;
        m.team = team(entry);
        m.person = s.id_of(judge_one);
        m.name = "J";
        store::insert_member(tx, one.c, m, 0);
        return {};
      })
      .value();
  seat(one, judge_three);
  act(judge_three, "challenges.declare",
      {{"challenge", str(one.c)}, {"teams", array{object{{"team", str(team(entry))}, {"interest", "none"}}}}});
  act(writer, "challenges.assign-again", {{"challenge", str(one.c)}});
  mark(one, judge_three, entry, "8");
  mark(one, judge_two, entry, "8", 2);
  act(writer, "challenges.begin-deliberation", {{"challenge", str(one.c)}, {"anyway", "She may not."}});
  s.person(judge_two)
      .get(one.root + "/deliberation/" + number(entry))
      .expect(200)
      .has("Judge 1 had given 4 and 4: does not count: a conflict of interest")
      .lacks("own-team");
}

}  // namespace
}  // namespace polder::challenges
