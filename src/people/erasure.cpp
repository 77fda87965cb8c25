#include "people/erasure.h"

#include "people/store.h"
#include "record/store.h"

namespace polder::people {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 8> tables{"people",      "sessions",    "proofs",       "api_tokens",
                                                 "memberships", "invitations", "pending_acts", "other_addresses"};
constexpr std::array<std::string_view, 3> tables_below{"acts", "mails", "mail_attachments"};
constexpr std::array<std::string_view, 3> tables_more{"appointments", "jobs", "limits"};

json::value copy_of_account(storage::ReadTx& tx, Id id) {
  const auto person = find_person(tx, id);
  if (!person) return nullptr;
  json::array sessions, tokens, organisations, invitations, addresses;
  for (const auto& other : store::other_addresses(tx, id)) addresses.emplace_back(other.email);
  for (const auto& s : store::sessions_of(tx, id))
    sessions.push_back(json::object{
        {"began", iso(s.began)}, {"last-seen", iso(s.last_seen)}, {"ends", iso(s.ends)}, {"browser", s.agent}});
  for (const auto& t : store::tokens_of(tx, id))
    tokens.push_back(json::object{{"name", t.name},
                                  {"made-at", iso(t.made_at)},
                                  {"last-used", t.last_used ? json::value(iso(date_of(*t.last_used))) : json::value()},
                                  {"ends", iso(t.ends)},
                                  {"scopes", json::value_from(t.scopes)}});
  for (const auto& m : store::memberships_of(tx, id))
    organisations.push_back(json::object{{"name", m.organisation.name}, {"role", m.role}, {"since", iso(m.since)}});
  for (const auto& i : store::invitations_to(tx, person->email))
    invitations.push_back(
        json::object{{"organisation", i.organisation.name}, {"role", i.role}, {"made-at", iso(i.made_at)}});
  return json::object{{"id", str(id)},
                      {"name", person->name},
                      {"email", person->email},
                      {"other-addresses", std::move(addresses)},
                      {"language", i18n::code(person->language)},
                      {"made-at", iso(person->made_at)},
                      {"sessions", std::move(sessions)},
                      {"tokens", std::move(tokens)},
                      {"organisations", std::move(organisations)},
                      {"invitations", std::move(invitations)}};
}

/// Everything this person did, in words and as the record has it.
json::value copy_of_acts(storage::ReadTx& tx, Id person) {
  constexpr std::int64_t page = 200;
  json::array out;
  Id before{};
  while (true) {
    const auto acts = record::store::acts_of_person(tx, person, before, page);
    for (const auto& act : acts) {
      boost::system::error_code broken;
      auto content = json::parse(act.content.value_or("null"), broken);
      out.push_back(json::object{{"id", str(act.id)},
                                 {"platform", str(act.platform)},
                                 {"position", act.position},
                                 {"act", act.name},
                                 {"at", iso(act.done_at)},
                                 {"role", act.role},
                                 {"about", act.subject},
                                 {"content", broken ? json::value() : std::move(content)}});
    }
    if (std::int64_t(acts.size()) < page) return out;
    before = acts.back().id;
  }
}

json::value copy_of_roles(const House& house, storage::ReadTx& tx, Id id) {
  const auto person = find_person(tx, id);
  if (!person) return nullptr;
  json::array out;
  const auto add = [&](const governance::Platform& platform) {
    for (const auto& role : governance::roles_of_address(tx, platform.id, person->email))
      out.push_back(json::object{{"platform", platform.slug}, {"role", role}});
  };
  const auto list = house.platforms.list();
  if (list->server) add(*list->server);
  for (const auto& platform : list->all) add(*platform);
  return out;
}

}  // namespace

void forget_in_acts(storage::WriteTx& tx, Id platform, std::string_view subject, std::string_view email) {
  record::store::erase_acts_saying(tx, platform, subject, email);
}

namespace {

/// Acts of others that named this address: who gave it a role, who asked it into an organisation.
void forget_named(House& house, record::Doing& doing, const Person& person, std::string_view email) {
  for (const auto& platform : house.platforms.list()->all)
    for (const Id log : {record::server_platform, platform->id})
      forget_in_acts(doing.tx, log, "platforms/" + platform->slug, email);
  for (const std::string_view subject : {std::string_view("platforms/server"), governance::unnamed_platform})
    forget_in_acts(doing.tx, record::server_platform, subject, email);
  for (const auto& m : store::memberships_of(doing.tx, person.id))
    forget_in_acts(doing.tx, record::server_platform, "organisations/" + str(m.organisation.id), email);
  for (const auto& i : store::invitations_to(doing.tx, person.email))
    forget_in_acts(doing.tx, record::server_platform, "organisations/" + str(i.organisation.id), email);
}

}  // namespace

void erase_person(House& house, record::Doing& doing, const Person& person) {
  for (const auto& room : house.personal_data)
    if (room.erase) room.erase(doing, person.id);

  record::store::erase_person(doing.tx, person.id);
  // What is given to an address they had once, or only asked for, is somebody else's.
  for (const auto& other : store::other_addresses(doing.tx, person.id)) {
    if (find_person_by_email(doing.tx, other.email)) continue;
    if (!other.ends) forget_named(house, doing, person, other.email);
    house.outbox.forget(doing.tx, other.email);
  }
  forget_named(house, doing, person, person.email);
  governance::forget_address(doing.tx, person.email);
  house.outbox.forget(doing.tx, person.email);
  store::forget_address(doing.tx, person.email);
  store::delete_person(doing.tx, person.id);
  doing.renew("*");
  house.queue.enqueue(doing.tx, "storage.scrub", "null", doing.now);
}

void add_erasure(House& house) {
  // What these rooms hold goes last, by erase_person itself: the others may still need to look the person up.
  house.personal_data.push_back({"account", {}, copy_of_account, {tables.begin(), tables.end()}});
  house.personal_data.push_back({"acts", {}, copy_of_acts, {tables_below.begin(), tables_below.end()}});
  house.personal_data.push_back({"roles",
                                 {},
                                 [&house](storage::ReadTx& tx, Id person) { return copy_of_roles(house, tx, person); },
                                 {tables_more.begin(), tables_more.end()}});
  house.job_handlers.push_back({"storage.scrub", [&house](const jobs::Job&) {
                                  std::vector<std::string_view> all;
                                  for (const auto& room : house.personal_data)
                                    all.insert(all.end(), room.tables.begin(), room.tables.end());
                                  house.database.scrub(all);
                                  return jobs::Outcome{};
                                }});
}

}  // namespace polder::people
