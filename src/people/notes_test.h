// A tiny room for the tests of this one: on a platform whose charter lets visitors who confirm an address leave a note.
#pragma once

#include "people/pending.h"
#include "people/scenario_test.h"

namespace polder::people::notes {

struct Leave {
  static constexpr std::string_view name = "notes.leave";
  fields::Text<1'000> words;
};
BOOST_DESCRIBE_STRUCT(Leave, (), (words))

inline Result<record::Subject> find(House&, storage::ReadTx&, Id, const Leave&) {
  return record::Subject{.path = "notes/all"};
}

inline Result<record::Effect> apply(House&, record::Doing&, const Leave& act) {
  if (act.words.value == "too late") return refuse(Why::conflict, {"people.still-here"});
  return record::Effect{.visibility = record::Visibility::open, .location = "notes"};
}

/// The form's door: visitors are asked for an address, participants act at once.
inline http::Response post(Visit& visit) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto take = [&](std::string_view field) {
    auto value = fields::text_of(sent->fields.if_contains(field)).value_or("");
    sent->fields.erase(field);
    return value;
  };
  const auto email = take("email"), name = take("name");
  if (visit.person) {
    const auto done = visit.perform(Leave::name, sent->fields, sent->key);
    return done ? visit.redirect(visit.at(done->location)) : visit.refusal(done.error());
  }
  const auto decision = visit.may(Leave::name);
  if (!decision || !decision.confirm_email)
    return visit.refusal({.why = Why::forbidden, .message = decision.reason.value_or(Message{"governance.refused"})});
  if (const auto read = visit.house.acts.find(Leave::name)->read(sent->fields); !read)
    return visit.refusal(read.error());
  const auto asked =
      ask_confirmation(visit, Leave::name, sent->fields, email, name, "Notes about water", visit.at("notes"));
  return asked ? visit.redirect(visit.at("check-your-mail")) : visit.refusal(asked.error());
}

inline void add_words(governance::Vocabulary& words) {
  words.acts.push_back({.name = "notes.leave", .words = "people.may-sign-up"});
}

inline void install(House& house) {
  house.acts.add(record::declare<Leave>(house, {}, find, apply));
  house.routes.add(
      {http::Method::post, "/{platform}/notes", web::Door::anyone, web::Keep::nothing, web::form_limit, post});
  house.routes.add({http::Method::get, "/{platform}/notes", web::Door::anyone, web::Keep::nothing, web::form_limit,
                    [](Visit& visit) { return visit.page({.title = "Notes", .main = html::p("All notes")}); }});
}

inline const Room room{add_words, install};

inline constexpr std::string_view charter = R"toml(charter = 1

[platform]
name = { en = "Delta water", nl = "Delta water NL" }
languages = ["en", "nl"]
timezone = "Europe/Amsterdam"
openness = "open"
processes = []

[platform.summary]
en = "Notes."
nl = "Notities."

[operator]
kind = "government"
email = "delta@example.org"
name = { en = "The delta", nl = "De delta" }

[roles.visitor]
how = "everybody"
name = { en = "Visitor", nl = "Bezoeker" }
description = { en = "Everybody.", nl = "Iedereen." }

[roles.participant]
how = "signed-in"
name = { en = "Participant", nl = "Deelnemer" }
description = { en = "Everybody with an account.", nl = "Iedereen met een account." }

[roles.keeper]
how = "appointed"
appointed_by = ["server", "keeper"]
name = { en = "Keeper", nl = "Beheerder" }
description = { en = "Appoints.", nl = "Benoemt." }

[[rules]]
act = "notes.leave"
who = ["visitor"]
confirm = "email"

[[rules]]
act = "notes.leave"
who = ["participant"]

[[rules]]
act = "platforms.appoint"
who = ["keeper"]

[oversight]
contact = "delta@example.org"
body = { en = "The council", nl = "De raad" }

[terms]
en = "Be kind."
nl = "Wees vriendelijk."
)toml";

}  // namespace polder::people::notes
