// A stage for the tests of this room: a prize platform with its people, and a challenge in the phase a test needs.
#pragma once

#include "dialogue/moderation.h"
#include "kernel/base/embedded.h"
#include "people/scenario_test.h"
#include "processes/challenges/acts/acts.h"
#include "processes/challenges/challenges.h"
#include "processes/challenges/store_solvers.h"

namespace polder::challenges {

inline constexpr auto writer = "writer@company.example", editor = "editor@company.example",
                      screener = "screener@company.example", seeker = "seeker@sought.example",
                      other_seeker = "other@sought.example", overseer = "overseer@oversight.example",
                      administrator = "administrator@company.example", anna = "anna@solver.example",
                      bram = "bram@solver.example", cleo = "cleo@solver.example", judge_one = "judge1@panel.example",
                      judge_two = "judge2@panel.example", judge_three = "judge3@panel.example",
                      stranger = "stranger@elsewhere.example";

class Stage : public people::OnBothDatabases {
 protected:
  Stage() : OnBothDatabases({{dialogue::add_words, nullptr}, {add_words, install}}) {}

  void SetUp() override {
    OnBothDatabases::SetUp();
    if (IsSkipped()) return;
    prize = s.platform("prize", charter());
    using Given = std::pair<const char*, const char*>;
    for (const auto& [email, role] :
         {Given{writer, "operator"}, Given{editor, "operator"}, Given{screener, "screener"}, Given{seeker, "seeker"},
          Given{other_seeker, "seeker"}, Given{overseer, "overseer"}, Given{administrator, "administrator"},
          Given{anna, "solver"}, Given{bram, "solver"}, Given{cleo, "solver"}, Given{judge_one, "judge"},
          Given{judge_two, "judge"}, Given{judge_three, "judge"}})
      if (const auto name = called(role); !name.empty()) s.give_role(email, prize, name);
    for (const auto* email : {writer, editor, screener, seeker, other_seeker, overseer, administrator, anna, bram, cleo,
                              judge_one, judge_two, judge_three, stranger})
      s.person(email);
  }

  virtual std::string charter() const { return std::string(embedded("charters/prize.toml").value()); }
  /// What the charter calls those who do what a role of the shipped charter does; nothing where nobody is appointed to
  /// it.
  virtual std::string called(const std::string& role) const { return role; }

  template <class Fn>
  auto read(Fn&& fn) {
    return s.house().database.read(fn);
  }

  Result<record::Recorded> perform(const std::string& email, const std::string& act, const boost::json::object& fields,
                                   const std::string& key = {}) {
    return s.house().acts.perform({prize, s.actor(email, prize), act, fields, key});
  }
  Id act(const std::string& email, const std::string& name, const boost::json::object& fields) {
    const auto done = perform(email, name, fields);
    EXPECT_TRUE(done) << name << ": " << (done ? "" : told(done.error()));
    return done ? done->made : Id{};
  }
  /// What a refusal says: its key, and each field with its.
  static std::string told(const Refusal& r) {
    std::string out = r.message.key;
    for (const auto& f : r.fields) out += "; " + f.field + ": " + f.message.key;
    return out;
  }
  std::string refused(const std::string& email, const std::string& name, const boost::json::object& fields) {
    const auto done = perform(email, name, fields);
    return done ? "done" : told(done.error());
  }

  std::string wall(std::int64_t days_from_now) { return iso(s.clock().now() + days_from_now * day_ms).substr(0, 16); }
  /// Opens in a day, closes after seventeen (a session lasts thirty); two places, two criteria, one question for judges
  /// and one that is not.
  boost::json::object statement(const std::string& title = "A cheaper sensor") {
    using boost::json::array;
    using boost::json::object;
    return {{"title", title},
            {"summary", "Measure nitrate in a ditch for less than ten euros."},
            {"language", "en"},
            {"kind", "reduction-to-practice"},
            {"mode", "ranked"},
            {"seeker", "The water board"},
            {"seeker-unnamed", true},
            {"problem", "Laboratories are slow."},
            {"solution", "A sensor that a farmer reads alone."},
            {"criteria", array{object{{"words", "Costs less than ten euros"}, {"evidence", "A bill of materials"}}}},
            {"rubric", array{object{{"name", "Accuracy"}, {"weight", 3}, {"max", 10}},
                             object{{"name", "Ease"}, {"weight", 1}, {"max", 10}}}},
            {"entry", array{object{{"label", "How it works"}, {"at-most", 2'000}, {"judges-see", true}},
                            object{{"label", "Who you are"}, {"at-most", 500}}}},
            {"prizes", array{object{{"name", "First"}, {"amount", "10000"}, {"given-for", "place"}},
                             object{{"name", "Second"}, {"amount", "5000"}, {"given-for", "place"}}}},
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
            {"files", 2},
            {"file-megabytes", 10},
            {"readers", 2},
            {"rounds", 1},
            {"normalisation", "none"},
            {"ties", array{object{{"by", "criterion"}, {"criterion", 1}}}}};
  }

  Id draft() { return act(writer, "challenges.draft", {{"statement", statement()}}); }
  Id announced() {
    const Id c = draft();
    act(writer, "challenges.submit", {{"challenge", str(c)}});
    act(editor, "challenges.publish", {{"challenge", str(c)}});
    return c;
  }
  Id open() {
    const Id c = announced();
    s.clock().advance(2 * day_ms);
    s.run_jobs();
    return c;
  }
  void close() {
    s.clock().advance(31 * day_ms);
    s.run_jobs();
    sign_in_again();
  }
  /// A session is over after a month, and a prize takes longer.
  void sign_in_again() {
    for (const auto* email : {writer, editor, screener, seeker, other_seeker, overseer, administrator, anna, bram, cleo,
                              judge_one, judge_two, judge_three, stranger}) {
      const Id person = s.id_of(email);
      const auto cookie = s.house().database.write([&](storage::WriteTx& tx) -> Result<std::string> {
        return people::begin_session(tx, s.house().random, person, "Firefox", s.clock().now());
      });
      s.person(email).cookies[std::string(people::session_cookie)] = cookie.value();
    }
  }

  Id join(Id c, const std::string& email, const std::string& team) {
    return act(email, "challenges.join",
               {{"challenge", str(c)},
                {"team", team},
                {"known-as", "Member of " + team},
                {"entrant", "person"},
                {"country", "NL"},
                {"agrees", true}});
  }
  boost::json::object entry_fields(Id c, const std::string& words) {
    using boost::json::array;
    using boost::json::object;
    return {{"challenge", str(c)},
            {"title", "Copper strip"},
            {"answers", array{object{{"question", 1}, {"words", words}},
                              object{{"question", 2}, {"words", "We are the secret people"}}}}};
  }
  Id write(Id c, const std::string& email, const std::string& words) {
    return act(email, "challenges.write-entry", entry_fields(c, words));
  }
  Id seal(Id c, const std::string& email, Id entry) {
    return act(email, "challenges.seal", {{"challenge", str(c)}, {"entry", str(entry)}, {"digest", digest_now(entry)}});
  }
  std::string digest_now(Id entry) {
    return read([&](storage::ReadTx& tx) { return draft_digest(tx, entry); });
  }
  Id enter(Id c, const std::string& email, const std::string& team, const std::string& words) {
    join(c, email, team);
    const Id entry = write(c, email, words);
    seal(c, email, entry);
    return entry;
  }
  Challenge challenge(Id id) {
    return read([&](storage::ReadTx& tx) { return challenge_of(tx, id); });
  }

  Id prize;
};

}  // namespace polder::challenges
