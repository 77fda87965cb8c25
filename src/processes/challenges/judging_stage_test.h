// A stage with a panel: three teams have each sent in an entry, and three judges are there to read them.
#pragma once

#include "processes/challenges/judging.h"
#include "processes/challenges/stage_test.h"

namespace polder::challenges {

class JudgingStage : public Stage {
 protected:
  using object = boost::json::object;
  using array = boost::json::array;

  static constexpr std::array<const char*, 3> panel{judge_one, judge_two, judge_three};

  std::string page(const std::string& rest = "") {
    return "/prize/challenges/" + challenge(c).slug + (rest.empty() ? "" : "/" + rest);
  }
  object seat_fields(const std::string& email, const std::string& organisation = "", int most = 10) {
    return {{"challenge", str(c)},
            {"email", email},
            {"known-as", "Judge " + email.substr(5, 1)},
            {"organisation", organisation},
            {"expertise", "copper, nitrate"},
            {"most", most}};
  }
  void seat(const std::string& email, const std::string& organisation = "", int most = 10) {
    act(writer, "challenges.seat-judge", seat_fields(email, organisation, most));
  }
  Id team(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->team; });
  }
  std::int64_t number(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::entry(tx, entry)->number; });
  }
  object screen_fields(Id entry, const std::string& outcome = "admissible", const std::string& mask = "") {
    object out{{"challenge", str(c)},
               {"entry", str(entry)},
               {"checks", array{object{{"criterion", 1}, {"finding", "met"}, {"evidence", "The bill says nine."}}}},
               {"outcome", outcome}};
    if (outcome == "inadmissible") out["reason"] = "It is empty.";
    if (!mask.empty()) out["masks"] = array{object{{"words", mask}, {"note", "names the team"}}};
    return out;
  }
  object declare_fields(Id about, const std::string& interest) {
    return {{"challenge", str(c)},
            {"teams", array{object{{"team", str(about)}, {"interest", interest}, {"reason", "My brother is in it."}}}}};
  }
  void declare_none(const std::string& email) {
    array teams;
    for (const Team& t : read([&](storage::ReadTx& tx) { return store::entered_teams(tx, c); }))
      teams.push_back(object{{"team", str(t.id)}, {"interest", "none"}});
    act(email, "challenges.declare", {{"challenge", str(c)}, {"teams", teams}});
  }
  object mark_fields(Id entry, const std::string& accuracy, const std::string& ease,
                     const std::string& giving = "given", int round = 1) {
    return {{"challenge", str(c)},
            {"entry", str(entry)},
            {"round", round},
            {"marks", array{object{{"criterion", 1}, {"mark", accuracy}}, object{{"criterion", 2}, {"mark", ease}}}},
            {"to-solver", "Say more about salt."},
            {"to-panel", "I like it."},
            {"giving", giving}};
  }
  bool reads(Id entry, const std::string& email) {
    return read([&, judge = s.id_of(email)](storage::ReadTx& tx) {
      const auto all = store::readers_of(tx, entry);
      return std::ranges::find(all, judge, &Assignment::judge) != all.end();
    });
  }
  std::string reader_of(Id entry) {
    for (const auto* email : panel)
      if (reads(entry, email)) return email;
    return "";
  }
  std::optional<Marks> marks_of(Id entry, const std::string& email) {
    return read([&, judge = s.id_of(email)](storage::ReadTx& tx) { return store::marks(tx, entry, judge, 1); });
  }
  std::size_t kept(Id entry) {
    return read([&](storage::ReadTx& tx) { return store::history(tx, entry).size(); });
  }

  /// Three entries of three teams, closed; three judges.
  void screening() {
    c = open();
    reed = enter(c, anna, "Reed", "A strip of copper by Anna of Reed.");
    sedge = enter(c, bram, "Sedge", "A lamp and a nitrate lens.");
    rush = enter(c, cleo, "Rush", "A float.");
    for (const auto* email : panel) seat(email);
    close();
  }
  void judging(const std::string& mask = "") {
    screening();
    act(screener, "challenges.screen", screen_fields(reed, "admissible", mask));
    for (const Id entry : {sedge, rush}) act(screener, "challenges.screen", screen_fields(entry));
    for (const auto* email : panel) declare_none(email);
    act(writer, "challenges.begin-judging", {{"challenge", str(c)}});
  }
  void mark_all(const std::string& accuracy = "8") {
    for (const Id entry : {reed, sedge, rush})
      for (const auto* email : panel)
        if (reads(entry, email)) act(email, "challenges.mark", mark_fields(entry, accuracy, "6.5"));
  }
  void deliberation() {
    judging();
    mark_all();
    act(writer, "challenges.begin-deliberation", {{"challenge", str(c)}});
  }

  Id c{}, reed{}, sedge{}, rush{};
};

}  // namespace polder::challenges
