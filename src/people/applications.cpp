#include "people/applications.h"

#include <map>

#include "people/erasure.h"
#include "people/letters.h"
#include "people/limits.h"
#include "people/store.h"
#include "record/store.h"

namespace polder::people {
namespace {

namespace json = boost::json;
using governance::Application;
using governance::ApplicationState;
using governance::Platform;

constexpr std::int64_t at_once = 200;

/// In the person's language where the platform speaks it.
i18n::Voice voice_for(House& house, storage::ReadTx& tx, const Platform& platform, std::string_view email) {
  const auto person = find_person_by_email(tx, email);
  const auto& spoken = platform.languages;
  const bool theirs = person && std::ranges::find(spoken, person->language) != spoken.end();
  return house.voice(theirs ? person->language : spoken.front(), platform.zone);
}

std::string in(const governance::LocalText& text, const i18n::Voice& t) {
  return std::string(text.in(i18n::code(t.language())).text);
}

std::string role_name(const Platform& platform, std::string_view id, const i18n::Voice& t) {
  const auto* role = platform.charter.role(id);
  return role == nullptr ? std::string(id) : in(role->name, t);
}

/// Signing in comes first, because to a visitor a closed platform is not there.
std::string way_in(const House& house, const Platform& platform, std::string_view path) {
  return address_of(
      house, html::Url::local("/account/sign-in").with("next", '/' + platform.slug + '/' + std::string(path)).text());
}

// ---- letters ----

Done tell_appointed(House& house, record::Doing& doing, const Platform& platform, const std::string& email,
                    const std::string& role) {
  // The role is given, however many mails went to this address lately.
  if (house.settings.quiet || !spend(house, doing.tx, mails_to_address, email)) return {};
  const auto t = voice_for(house, doing.tx, platform, email);
  const std::string name = platform.name(t.language());
  return send(house, doing.tx, t,
              {.to = email,
               .kind = "platforms.appoint",
               .subject = {"people.mail-appointed-subject", {{"platform", name}}},
               .paragraphs = {{"people.mail-appointed",
                               {{"operator", in(platform.charter.operated_by.name, t)},
                                {"role", role_name(platform, role, t)},
                                {"platform", name}}},
                              {"people.mail-statement", {{"words", in(platform.charter.summary, t)}}},
                              {"people.mail-link", {{"link", way_in(house, platform, {})}}},
                              {"people.mail-appointed-how", {{"email", email}}}},
               .from = name});
}

Done tell_settled(House& house, record::Doing& doing, const Platform& platform, const Application& about) {
  const auto person = find_person(doing.tx, about.person);
  if (house.settings.quiet || !person) return {};
  const auto t = voice_for(house, doing.tx, platform, person->email);
  const std::string name = platform.name(t.language()), role = role_name(platform, about.role, t);
  Letter letter{.to = person->email,
                .kind = "platforms.application",
                .subject = {"people.mail-settled-subject", {{"platform", name}}},
                .paragraphs = {},
                .from = name};
  if (about.state == ApplicationState::accepted) {
    letter.paragraphs = {{"people.mail-accepted", {{"role", role}, {"platform", name}}},
                         {"people.mail-link", {{"link", way_in(house, platform, {})}}}};
  } else {
    const auto& oversight = platform.charter.oversight;
    letter.paragraphs = {
        {"people.mail-declined", {{"role", role}, {"platform", name}}},
        {"people.mail-statement", {{"words", about.reason}}},
        {"people.mail-declined-object", {{"body", in(oversight.body, t)}, {"contact", oversight.contact}}}};
  }
  return send(house, doing.tx, t, letter);
}

// ---- those who decide ----

/// Who may accept an application for this role: the holders of the roles that its `appointed_by` names and a rule lets.
std::vector<std::string> deciders(storage::ReadTx& tx, const Platform& platform, const governance::Role& role) {
  std::vector<std::string> out;
  for (const auto& by : role.appointed_by) {
    const bool server = by == "server";
    const std::vector<std::string> held{by};
    if (!server && !governance::may_settle(platform.charter, held, role.id, "platforms.accept-application")) continue;
    auto more = governance::addresses_with_role(tx, server ? record::server_platform : platform.id,
                                                server ? "administrator" : by);
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  std::ranges::sort(out);
  const auto twice = std::ranges::unique(out);
  out.erase(twice.begin(), twice.end());
  return out;
}

/// One mail to each, however many ask. It names nobody: a mail to somebody else is where erasure does not look.
Done tell_deciders(House& house, storage::WriteTx& tx, const Platform& platform,
                   const std::map<std::string, std::int64_t>& asked_for) {
  std::map<std::string, std::int64_t> waiting;
  for (const auto& [id, n] : asked_for)
    if (const auto* role = platform.charter.role(id))
      for (const auto& email : deciders(tx, platform, *role)) waiting[email] += n;
  for (const auto& [email, n] : waiting) {
    const auto t = voice_for(house, tx, platform, email);
    const std::string name = platform.name(t.language());
    CHECK_DONE(send(house, tx, t,
                    {.to = email,
                     .kind = "platforms.applications",
                     .subject = {"people.mail-applications-subject", {{"platform", name}}},
                     .paragraphs = {{"people.mail-applications", {{"n", n}, {"platform", name}}},
                                    {"people.mail-link", {{"link", way_in(house, platform, "manage/applications")}}}},
                     .from = name}));
  }
  return {};
}

void announce(House& house, const jobs::Lease& lease) {
  (void)house.database.write([&](storage::WriteTx& tx) -> Done {
    CHECK_DONE(lease.hold(tx));
    std::map<Id, std::map<std::string, std::int64_t>> asked_for;
    for (const Application& one : governance::unannounced_applications(tx, at_once)) {
      ++asked_for[one.platform][one.role];
      governance::announced(tx, one.id);
    }
    const auto list = house.platforms.list();
    for (const auto& [id, roles] : asked_for)
      if (const auto platform = list->by_id(id)) CHECK_DONE(tell_deciders(house, tx, *platform, roles));
    return {};
  });
}

// ---- what goes ----

/// What those who decided said of it, and the number they said it of.
void forget_decision(storage::WriteTx& tx, const Application& one) {
  forget_in_acts(tx, one.platform, "applications/" + str(one.id), str(one.id));
}

/// Settled applications, as long as settled reports: the row, and what the record keeps of its acts besides the leaves.
void forget_settled(House& house, const jobs::Lease& lease) {
  for (const auto& platform : house.platforms.list()->all) {
    const Time before = house.clock.now() - platform->charter.retention.reports_days * day_ms;
    bool more = true;
    while (more) {
      const auto done = house.database.write([&](storage::WriteTx& tx) -> Result<bool> {
        CHECK_DONE(lease.hold(tx));
        const auto old = governance::settled_applications(tx, platform->id, before, at_once);
        for (const Application& one : old) {
          record::store::erase_act(tx, one.act);
          forget_decision(tx, one);
          governance::delete_application(tx, one.id);
        }
        return std::int64_t(old.size()) == at_once;
      });
      if (!done) return;  // the lease is another node's now
      more = *done;
    }
  }
}

void erase(record::Doing& doing, Id person) {
  for (const Application& one : governance::applications_of_person(doing.tx, person)) forget_decision(doing.tx, one);
  governance::forget_applications(doing.tx, person);
}

json::value copy(const House& house, storage::ReadTx& tx, Id person) {
  json::array out;
  const auto list = house.platforms.list();
  for (const Application& one : governance::applications_of_person(tx, person)) {
    const auto platform = list->by_id(one.platform);
    out.push_back(json::object{{"platform", platform ? platform->slug : std::string()},
                               {"role", one.role},
                               {"organisation", one.organisation ? json::value(str(*one.organisation)) : json::value()},
                               {"why", one.why},
                               {"state", fields::word_of(one.state)},
                               {"reason", one.reason},
                               {"made-at", iso(one.made_at)},
                               {"settled-at", one.settled_at ? json::value(iso(*one.settled_at)) : json::value()}});
  }
  return out;
}

}  // namespace

governance::Neighbours neighbours(House& house) {
  return {.address = [](storage::ReadTx& tx, Id id) -> std::optional<std::string> {
            const auto person = find_person(tx, id);
            return person ? std::optional(person->email) : std::nullopt;
          },
          .belongs = [](storage::ReadTx& tx, Id person,
                        Id organisation) { return store::role_in(tx, organisation, person).has_value(); },
          .count_application =
              [&house](storage::WriteTx& tx, Id platform, Id person) {
                return spend(house, tx, applications_by_person, str(platform) + ':' + str(person));
              },
          .tell_appointed =
              [&house](record::Doing& doing, const Platform& platform, const std::string& email,
                       const std::string& role) { return tell_appointed(house, doing, platform, email, role); },
          .tell_settled = [&house](record::Doing& doing, const Platform& platform,
                                   const Application& about) { return tell_settled(house, doing, platform, about); }};
}

void add_applications(House& house) {
  house.personal_data.push_back({"applications",
                                 erase,
                                 [&house](storage::ReadTx& tx, Id person) { return copy(house, tx, person); },
                                 {"applications"}});
  house.recurring.push_back(
      {"platforms.announce-applications", hour_ms, [&house](const jobs::Lease& lease) { announce(house, lease); }});
  house.recurring.push_back(
      {"platforms.forget-applications", day_ms, [&house](const jobs::Lease& lease) { forget_settled(house, lease); }});
}

}  // namespace polder::people
