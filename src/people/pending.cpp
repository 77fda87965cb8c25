#include "people/pending.h"

#include "kernel/text/text.h"
#include "people/letters.h"
#include "people/limits.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

Done ask_confirmation(Visit& visit, std::string_view act, const boost::json::object& fields, std::string_view email,
                      std::string_view name, std::string_view title, const Url& location_after) {
  House& house = visit.house;
  auto address = text::normal_email(email);
  if (!address) return refuse_field("email", {"fields.not-an-email"});
  const std::string platform_name = visit.platform->name(visit.t.language());
  return house.database.write([&](storage::WriteTx& tx) -> Done {
    CHECK_DONE(spend(house, tx, mails_from_place, visit.request.remote));
    CHECK_DONE(spend(house, tx, mails_to_address, *address));
    const std::string secret = store::add_pending(tx, house.random,
                                                  {.platform = visit.platform->id,
                                                   .act = std::string(act),
                                                   .fields = boost::json::serialize(fields),
                                                   .email = *address,
                                                   .name = std::string(name),
                                                   .language = visit.t.language(),
                                                   .title = std::string(title),
                                                   .location = location_after.text(),
                                                   .ends = visit.now + pending_ms});
    const std::string link = address_of(house, *visit.platform, "confirm/" + secret);
    return send(house, tx, visit.t,
                {.to = *address,
                 .kind = "people.confirm-act",
                 .subject = {"people.mail-confirm-subject", {{"title", std::string(title)}}},
                 .paragraphs = {{"people.mail-confirm", {{"title", std::string(title)}, {"platform", platform_name}}},
                                {"people.mail-link", {{"link", link}}},
                                {"people.mail-confirm-not-you"}},
                 .from = platform_name});
  });
}

namespace {

Result<store::Pending> pending_of(Visit& visit) {
  auto found = visit.house.database.read(
      [&](storage::ReadTx& tx) { return store::find_pending(tx, visit.params["token"], visit.now); });
  if (!found || found->platform != visit.platform->id) return refuse(Why::not_found, {"people.link-over"});
  return *std::move(found);
}

http::Response done_already(Visit& visit, const store::Pending& pending) {
  visit.flash("people.confirmed-already");
  return visit.redirect(Url::local(pending.location));
}

http::Response show(Visit& visit) {
  const auto pending = pending_of(visit);
  if (!pending) return visit.refusal(pending.error());
  if (pending->done) return done_already(visit, *pending);
  const auto& t = visit.t;
  const Html facts = web::pairs(
      {{t("people.confirm-about"), plain(pending->title)}, {t("people.email"), plain(masked(pending->email))}});
  return words_page(
      visit, t("people.confirm-act"), facts + p(cls("quiet"), t("people.confirm-act-words")),
      visit.form(visit.at("confirm/" + std::string(visit.params["token"])), {}, t("people.confirm-act-button")));
}

/// The person, their act, their session and the end of the waiting: all, or none.
struct Confirmed {
  std::string cookie, location;
};
Result<Confirmed> perform(Visit& visit, const store::Pending& pending) {
  House& house = visit.house;
  const std::string_view secret = visit.params["token"];
  const record::ActKind* kind = house.acts.find(pending.act);
  if (kind == nullptr) return refuse(Why::not_found, {"people.link-over"}, "a pending act that no room knows");
  TRY(const record::Ready ready, kind->read(boost::json::parse(pending.fields).as_object()));
  return house.database.write([&](storage::WriteTx& tx) -> Result<Confirmed> {
    // Again, now that nobody else writes: a second click waits here until the first is done.
    const auto still = store::find_pending(tx, secret, visit.now);
    if (!still) return refuse(Why::not_found, {"people.link-over"});
    if (still->done) return Confirmed{{}, still->location};
    const Id person = person_for_address(tx, house.ids, visit.now, pending.email, pending.name, pending.language);
    const record::Actor actor{.kind = record::Actor::Kind::person,
                              .person = person,
                              .roles = governance::roles_of_address(tx, pending.platform, pending.email)};
    TRY(const auto recorded,
        house.acts.perform_in(tx, pending.platform, actor, pending.act, ready, std::string(secret)));
    const std::string location = recorded.location.empty() ? pending.location : visit.at(recorded.location).text();
    store::finish_pending(tx, secret, location);
    return Confirmed{begin_session(tx, house.random, person, agent_of(visit.request), visit.now), location};
  });
}

http::Response confirmed(Visit& visit) {
  const auto pending = pending_of(visit);
  if (!pending) return visit.refusal(pending.error());
  if (pending->done) return done_already(visit, *pending);
  const auto done = perform(visit, *pending);
  if (!done) return visit.refusal(done.error());
  if (!done->cookie.empty()) give_session(visit, done->cookie);
  visit.flash("people.confirmed");
  return visit.redirect(Url::local(done->location));
}

}  // namespace

void add_pending_pages(House& house) {
  route(house, Method::get, "/{platform}/confirm/{token}", Door::anyone, show);
  route(house, Method::post, "/{platform}/confirm/{token}", Door::anyone, confirmed);
  route(house, Method::get, "/{platform}/check-your-mail", Door::anyone, check_your_mail);
}

}  // namespace polder::people
