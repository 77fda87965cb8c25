// A stage for the tests of this room: a platform with its people, and a consultation in the phase a test needs.
#pragma once

#include "dialogue/moderation.h"
#include "kernel/base/embedded.h"
#include "people/person.h"
#include "people/scenario_test.h"
#include "processes/consultations/acts/acts.h"
#include "processes/consultations/consultations.h"

namespace polder::consultations {

inline constexpr auto official = "official@example.org", moderator = "moderator@example.org",
                      overseer = "overseer@example.org", administrator = "administrator@example.org",
                      neighbour = "administrator@elsewhere.example", author = "author@example.org",
                      citizen = "citizen@example.org";

inline constexpr std::string_view law_text =
    "# Ferry Act\n\n### Article 1 Words\n\nA ferry is a boat that carries people.\n\n### Article 2 Hours\n\nA ferry "
    "sails from six to ten.\n";

class Stage : public people::OnBothDatabases {
 protected:
  Stage() : OnBothDatabases({{dialogue::add_words, nullptr}, {add_words, install}}) {}

  void SetUp() override {
    OnBothDatabases::SetUp();
    if (IsSkipped()) return;
    delta = s.platform("delta", charter());
    for (const auto& [email, role] : {std::pair{official, "official"}, std::pair{moderator, "moderator"},
                                      std::pair{overseer, "overseer"}, std::pair{administrator, "administrator"}})
      s.give_role(email, delta, role);
    for (const auto* email : {official, moderator, overseer, administrator, author, citizen, neighbour})
      s.person(email);
  }

  static std::string charter() { return std::string(embedded("charters/legislation.toml").value()); }

  Result<record::Recorded> perform(const record::Actor& actor, const std::string& act,
                                   const boost::json::object& fields, const std::string& key = {}) {
    return s.house().acts.perform({delta, actor, act, fields, key});
  }
  Id act(const std::string& email, const std::string& name, const boost::json::object& fields) {
    const auto done = perform(s.actor(email, delta), name, fields);
    EXPECT_TRUE(done) << name << ": " << (done ? "" : done.error().message.key);
    return done ? done->made : Id{};
  }

  boost::json::object draft_fields(const std::string& title = "Ferries at night") {
    const auto day = [&](int from_now) { return iso(date_of(s.clock().now() + from_now * day_ms)); };
    return {{"title", title},
            {"summary", "Who needs a ferry after ten?"},
            {"can-change", "The hours."},
            {"cannot-change", "The river."},
            {"language", "en"},
            {"first-day", day(1)},
            {"last-day", day(40)},
            {"law", boost::json::object{{"name", "ferry.md"}, {"base64", base64(law_text)}}},
            {"questions", boost::json::array{"When do you travel?", "What would you pay?"}}};
  }
  Id draft(const std::string& title = "Ferries at night") {
    return act(official, "consultations.draft", draft_fields(title));
  }
  Id open(const std::string& title = "Ferries at night") {
    const Id c = draft(title);
    act(official, "consultations.publish", {{"consultation", str(c)}});
    s.clock().advance(2 * day_ms);
    s.run_jobs();
    return c;
  }
  /// By then everybody's session is over; the official signs in again.
  void close() {
    s.clock().advance(45 * day_ms);
    s.run_jobs();
    const Id person = s.id_of(official);
    const auto session = s.house().database.write([&](storage::WriteTx& tx) -> Result<std::string> {
      return people::begin_session(tx, s.house().random, person, "Firefox, Linux", s.clock().now());
    });
    s.person(official).cookies[std::string(people::session_cookie)] = session.value();
  }

  boost::json::object response_fields(Id c, const std::string& visibility, const std::string& words) {
    return {{"consultation", str(c)},
            {"answers", boost::json::array{boost::json::object{{"question", 1}, {"words", words}}}},
            {"visibility", visibility},
            {"signed-as", "Anna Vermeer"},
            {"on-behalf", "Ferry Friends"}};
  }
  Id respond(Id c, const std::string& email, const std::string& visibility, const std::string& words) {
    s.person(email);
    return act(email, "consultations.respond", response_fields(c, visibility, words));
  }

  template <class Fn>
  auto read(Fn&& fn) {
    return s.house().database.read(fn);
  }

  Id delta;
};

}  // namespace polder::consultations
