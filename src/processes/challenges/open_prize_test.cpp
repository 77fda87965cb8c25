// A public prize on a platform that nobody shipped: the same process, for everybody to read, in the words of its own
// charter (testdata/town.toml).
#include <fstream>
#include <sstream>

#include "processes/challenges/result.h"
#include "processes/challenges/stage_test.h"

namespace polder::challenges {
namespace {

using boost::json::array;
using boost::json::object;

constexpr auto newcomer = "nora@town.example";

class OpenPrize : public Stage {
 protected:
  std::string charter() const override {
    std::ostringstream text;
    text << std::ifstream("src/processes/challenges/testdata/town.toml").rdbuf();
    return text.str();
  }
  std::string called(const std::string& role) const override {
    static const std::map<std::string, std::string> names{
        {"operator", "clerk"},     {"screener", "reader"},      {"seeker", "street"}, {"judge", "juror"},
        {"overseer", "ombudsman"}, {"administrator", "keeper"}, {"solver", ""}};
    return names.at(role);
  }
  object with(object more) {
    more["challenge"] = str(c);
    return more;
  }
  /// Whoever comes by, without an account.
  people::Answer passer_by(const std::string& rest) { return s.visitor().get(root + rest).expect(200); }

  /// Three citizens, by name, while everybody can still enter.
  void seat() {
    for (const auto& [email, name] : {std::pair{judge_one, "Citizen Aalto"}, {judge_two, "Citizen Bauer"}})
      act(writer, "challenges.seat-judge", with({{"email", email}, {"known-as", name}, {"most", 3}}));
  }
  /// Makes an account as everybody does, and joins.
  Id newcomer_enters() {
    auto& browser = s.visitor();
    browser
        .post("/account/sign-up", {{"email", newcomer},
                                   {"full-name", "Nora de Boer"},
                                   {"password", "a long enough secret"},
                                   {"language", "en"}})
        .to("/account/check-your-mail");
    browser.post(s.link(newcomer)).to("/account");
    browser.get(root).expect(200).has(root + "/join");
    browser
        .post(root + "/join", {{"team", "Ditch Dogs"},
                               {"known-as", "Nora de Boer"},
                               {"entrant", "person"},
                               {"country", "NL"},
                               {"agrees", "on"}})
        .expect(303)
        .follow()
        .expect(200);
    const Id entry = write(c, newcomer, "A strip of copper, read by Nora de Boer.");
    seal(c, newcomer, entry);
    return entry;
  }
  void judged(const std::vector<std::pair<Id, const char*>>& marks) {
    for (const auto& [entry, mark] : marks) {
      object fields =
          with({{"entry", str(entry)},
                {"outcome", "admissible"},
                {"checks", array{object{{"criterion", 1}, {"finding", "met"}, {"evidence", "We added it up."}}}}});
      if (entry == marks.front().first)
        fields["masks"] = array{object{{"words", "Nora de Boer"}, {"note", "names the solver"}}};
      act(screener, "challenges.screen", fields);
    }
    for (const auto* judge : {judge_one, judge_two}) {
      array said;
      for (const Team& team : read([&](storage::ReadTx& tx) { return store::teams(tx, c, {}, 10); }))
        said.push_back(object{{"team", str(team.id)}, {"interest", "none"}});
      act(judge, "challenges.declare", with({{"teams", said}}));
    }
    act(writer, "challenges.begin-judging", with({}));
    for (const auto* judge : {judge_one, judge_two})
      for (const auto& [entry, mark] : marks) {
        s.person(judge).get(root + "/packets/" + number(entry)).expect(200).has("strip").lacks("Nora").lacks("Dogs");
        act(judge, "challenges.mark",
            with({{"entry", str(entry)},
                  {"round", 1},
                  {"giving", "given"},
                  {"marks",
                   array{object{{"criterion", 1}, {"mark", mark}}, object{{"criterion", 2}, {"mark", mark}}}}}));
      }
    act(writer, "challenges.begin-deliberation", with({}));
    act(writer, "challenges.announce-result", with({}));
  }
  std::string number(Id entry) {
    return std::to_string(read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; }));
  }

  Id c{};
  std::string root;
};
ON_BOTH_DATABASES(OpenPrize);

TEST_P(OpenPrize, IsReadByWhoeverComesByAndWonBySomebodyWhoSignedUpForIt) {
  c = open();
  root = "/prize/challenges/" + challenge(c).slug;
  act(writer, "challenges.name-seeker", with({{"email", seeker}}));
  seat();
  passer_by("")
      .has("A cheaper sensor")
      .has("Costs less than ten euros")
      .has("Accuracy")
      .has("Citizen Aalto")
      .has("Citizen Bauer")
      .lacks("The water board");
  s.visitor().get("/prize/challenges").expect(200).has("A cheaper sensor");
  EXPECT_NE(refused(stranger, "challenges.seat-judge", with({{"email", stranger}, {"known-as", "X"}, {"most", 1}})),
            "done");

  const Id dogs = newcomer_enters(), sedge = enter(c, bram, "Sedge", "A strip of dye.");
  close();
  for (const auto* path : {"", "/result", "/report"})
    s.visitor().get(root + path).lacks("Ditch Dogs").lacks("Sedge").lacks("copper");
  judged({{dogs, "9"}, {sedge, "6"}});
  for (const auto* path : {"", "/result", "/report"})
    s.visitor().get(root + path).lacks("Ditch Dogs").lacks("Sedge").lacks("copper");

  s.clock().advance(9 * day_ms);
  for (const Id entry : {dogs, sedge})
    act(writer, "challenges.check-winner",
        with({{"entry", read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; })},
              {"passed", true},
              {"reason", "All there."}}));
  act(seeker, "challenges.award", with({}));
  passer_by("").has("The water board");
  passer_by("/result").has("Ditch Dogs").has("€10,000").has("Sedge").lacks("copper").lacks(newcomer);
  passer_by("/report").has("Ditch Dogs").has("Citizen Aalto").lacks("copper").lacks(newcomer);
  passer_by("/result/ranking.json").lacks("Dogs").lacks("Nora");
}

}  // namespace
}  // namespace polder::challenges
