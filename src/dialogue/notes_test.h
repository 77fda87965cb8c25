// A platform on which people write notes: as little of a process as moderation needs, for the tests of this room.
#pragma once

#include "dialogue/moderation.h"
#include "dialogue/store.h"
#include "people/scenario_test.h"

namespace polder::dialogue {

inline constexpr std::string_view note_charter = R"(
charter = 1
[platform]
name = "Notes"
summary = "A wall for notes."
languages = ["en", "nl"]
timezone = "Europe/Amsterdam"
openness = "@openness"
processes = []
[operator]
name = "The village"
kind = "civil-society"
email = "hello@village.example"
[roles.visitor]
name = "Visitor"
description = "Everybody."
how = "everybody"
[roles.citizen]
name = "Citizen"
description = "Everybody with an account."
how = "signed-in"
[roles.official]
name = "Official"
description = "Works here."
how = "appointed"
appointed_by = ["administrator"]
[roles.moderator]
name = "Moderator"
description = "Hides what breaks the rules."
how = "appointed"
appointed_by = ["administrator"]
[roles.overseer]
name = "Overseer"
description = "Watches over the platform."
how = "appointed"
appointed_by = ["server"]
[roles.administrator]
name = "Administrator"
description = "Gives roles."
how = "appointed"
appointed_by = ["server"]
[[rules]]
act = "moderation.report"
who = ["visitor", "citizen", "official"]
[[rules]]
act = "moderation.leave"
who = ["moderator"]
[[rules]]
act = "moderation.hide"
who = ["moderator"]
[[rules]]
act = "moderation.restore"
who = ["moderator", "overseer"]
[[rules]]
act = "platforms.appoint"
who = ["administrator"]
[oversight]
body = "The council of elders"
contact = "elders@village.example"
[terms]
en = "Be kind."
)";

inline std::string charter_of(std::string_view openness) {
  std::string text(note_charter);
  text.replace(text.find("@openness"), 9, openness);
  return text;
}

namespace notes {

inline constexpr storage::Statement create{
    "test.notes",
    "CREATE TABLE notes (id BIGINT PRIMARY KEY, platform BIGINT NOT NULL, author BIGINT, "
    "words TEXT NOT NULL, state BIGINT NOT NULL)"};
inline constexpr storage::Statement insert{
    "test.insert-note", "INSERT INTO notes (id, platform, author, words, state) VALUES ($1, $2, $3, $4, 0)"};
inline constexpr storage::Statement select{"test.note",
                                           "SELECT platform, author, words, state FROM notes WHERE id = $1"};
inline constexpr storage::Statement set_state{"test.note-state", "UPDATE notes SET state = $2 WHERE id = $1"};

inline constexpr std::int64_t taken_back = 2;

inline std::optional<Contribution> find(storage::ReadTx& tx, Id id) {
  return tx
      .one<std::optional<Contribution>>(
          select,
          [&](const storage::Row& row) -> std::optional<Contribution> {
            if (row.integer(3) == taken_back) return std::nullopt;
            return Contribution{.id = id,
                                .kind = "note",
                                .platform = row.get<Id>(0),
                                .subject = "notes/wall",
                                .words = row.get<std::string>(2),
                                .author = row.get<std::optional<Id>>(1).value_or(Id{}),
                                .path = "notes/" + str(id),
                                .hidden = row.integer(3) == 1};
          },
          id)
      .value_or(std::nullopt);
}

}  // namespace notes

/// The notes of a village, its moderators, and somebody who writes.
class Village : public people::OnBothDatabases {
 protected:
  Village() : OnBothDatabases({{add_words, move_in}}) {}

  void SetUp() override {
    OnBothDatabases::SetUp();
    if (IsSkipped()) return;
    write([](storage::WriteTx& tx) { tx.exec(notes::create); });
    village = s.platform("village", charter_of("open"));
    for (const char* role : {"official", "moderator", "overseer", "administrator"}) appoint(address(role), role);
    s.person("anna@example.org", {.name = "Anna"});
    s.person("citizen@example.org");
  }

  static std::string address(const std::string& who) { return who + "@example.org"; }
  people::Browser& as(const std::string& who) { return s.person(address(who)); }
  void appoint(const std::string& email, std::string_view role) {
    s.person(email);
    s.give_role(email, village, role);
  }

  template <class Fn>
  void write(Fn&& fn) {
    const auto done = s.house().database.write([&](storage::WriteTx& tx) -> Done {
      fn(tx);
      return {};
    });
    ASSERT_TRUE(done);
  }
  template <class Fn>
  auto read(Fn&& fn) {
    return s.house().database.read(fn);
  }
  std::int64_t count(const storage::Statement& statement) {
    return read([&](storage::ReadTx& tx) { return tx.value<std::int64_t>(statement).value_or(-1); });
  }

  /// A note by this person ("anna").
  Id note(const std::string& who, std::string_view words) { return note_by(s.id_of(address(who)), words); }
  Id note_by(Id author, std::string_view words) {
    const Id id = s.house().ids.next();
    write([&](storage::WriteTx& tx) {
      tx.exec(notes::insert, id, village, author ? std::optional(author) : std::nullopt, words);
    });
    return id;
  }
  bool is_hidden(Id id) {
    return read([&](storage::ReadTx& tx) { return notes::find(tx, id).value_or(Contribution{}).hidden; });
  }

  record::Actor actor(const std::string& who) {
    if (who == "visitor") return record::Actor::visitor();
    if (who == "clock") return record::Actor::clock();
    if (who == "console") return record::Actor::console();
    return s.actor(address(who), village);
  }
  /// Does the act with fields that are right for it.
  Result<record::Recorded> act(const std::string& who, const std::string& name, Id id, boost::json::object more = {}) {
    boost::json::object fields{{"contribution", str(id)}};
    if (name != "leave") fields["kind"] = "note";
    if (name == "report" || name == "hide") fields["reason"] = "threat";
    if (name == "hide" || name == "restore") fields["statement"] = "We looked at it together.";
    for (const auto& [key, value] : more) fields[key] = value;
    return s.house().acts.perform(
        {.platform = village, .actor = actor(who), .name = "moderation." + name, .fields = std::move(fields)});
  }
  std::string page_of(Id id, const std::string& verb = {}) {
    return "/village/moderation/note/" + str(id) + (verb.empty() ? "" : '/' + verb);
  }

  Id village{};

 private:
  /// A room's moving in has no state; the house of a test is the only one there is.
  static void move_in(people::House& house) {
    static std::unique_ptr<Moderation> moderation;
    moderation = std::make_unique<Moderation>(house);
    install(*moderation);
    moderation->add({.name = "note",
                     .words = "dialogue.report",
                     .find = notes::find,
                     .set_hidden = [](record::Doing& doing, Id id, bool hidden) {
                       doing.tx.exec(notes::set_state, id, std::int64_t(hidden ? 1 : 0));
                     }});
  }
};

}  // namespace polder::dialogue
