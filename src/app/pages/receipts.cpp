// A receipt: what a participant keeps. Theirs to read and to save; of an open act, others may see that it is recorded.
#include "app/pages/pages.h"
#include "kernel/base/encode.h"
#include "kernel/web/assets.h"

namespace polder::app {
namespace {

using namespace html;  // NOLINT(google-build-using-namespace)
using record::store::ActRow;

struct Found {
  ActRow act;
  std::string entry;
  bool own = false;
};

/// Nothing when there is no such act here, or none that this visitor may know of.
std::optional<Found> find(const Visit& visit) {
  const auto id = parse_id(visit.params["act"]);
  if (!id) return std::nullopt;
  return visit.house.database.read([&](storage::ReadTx& tx) -> std::optional<Found> {
    auto act = record::store::act(tx, *id);
    if (!act || act->platform != here(visit)->id) return std::nullopt;
    const bool own = visit.person && act->person == visit.person->id;
    if (!own && (act->visibility != record::Visibility::open || (visit.platform && !visit.may_enter())))
      return std::nullopt;
    auto entry = record::store::entry(tx, act->platform, std::uint64_t(act->position));
    if (!entry) return std::nullopt;
    return Found{*std::move(act), *std::move(entry), own};
  });
}

http::Response nothing(Visit& visit) { return visit.refusal({.why = Why::not_found, .message = {"app.no-receipt"}}); }

Message seen_by(record::Visibility visibility) {
  switch (visibility) {
    case record::Visibility::open:
      return {Message{"app.seen-open"}};
    case record::Visibility::nameless:
      return {Message{"app.seen-nameless"}};
    case record::Visibility::parties:
      return {Message{"app.seen-parties"}};
    case record::Visibility::hidden:
      return {Message{"app.seen-hidden"}};
  }
  return {Message{"app.seen-hidden"}};
}

/// The leaf's hash in groups of eight: what a person compares by eye with an auditor's list.
std::string code_of(const std::string& entry) {
  const std::string all = hex(crypto::view(record::leaf_hash(entry)));
  std::string out;
  for (std::size_t i = 0; i < all.size(); i += 8) out += (i == 0 ? "" : " ") + all.substr(i, 8);
  return out;
}

Url file_of(const Visit& visit, const ActRow& act) { return visit.at("receipts/" + str(act.id) + "/file"); }

Html receipt(const Visit& visit, const Found& found) {
  const auto& t = visit.t;
  const ActRow& act = found.act;
  std::vector<std::pair<std::string, Html>> rows{
      {t("app.what"), html::plain(act_words(visit.house, t, act.name))},
      {t("app.about-what"), html::plain(act.subject)},
      {t("app.received"), time_(attr("datetime", iso(act.done_at)), t.moment(act.done_at))},
      {t("app.in-which-role"), html::plain(role_words(visit, act.role))},
      {t("app.entry"),
       html::plain(t("app.entry-in", {{"n", act.position}, {"record", here(visit)->name(t.language())}}))},
      {t("app.code"), span(cls("mono"), code_of(found.entry))}};
  if (found.own) rows.emplace_back(t("app.who-sees-it"), html::plain(t(seen_by(act.visibility))));
  Html next;
  if (found.own)
    next += a(cls("button"), href(file_of(visit, act)), attr("download"), web::icon("download"), t("app.save-receipt"));
  next += a(href(visit.at("record").at("check")), t("app.how-to-check"));
  return section(cls("receipt"), attr("aria-labelledby", "receipt"),
                 header(web::icon("seal"),
                        h2(html::id("receipt"), cls("h3"), found.own ? t("app.your-receipt") : t("app.a-receipt")),
                        p(cls("quiet"), found.own ? t("app.keep-receipt") : t("app.recorded-words"))),
                 web::pairs(rows), footer(cls("actions"), next));
}

http::Response show(Visit& visit) {
  const auto found = find(visit);
  if (!found) return nothing(visit);
  const auto& t = visit.t;
  const std::string heading = found->own ? t("app.receipt-title") : t("app.recorded-title");
  const auto verifier = visit.house.logs.verifier(here(visit)->id);
  Html how;
  if (found->own && verifier)
    how = section(cls("stack"), attr("aria-labelledby", "check"), h2(html::id("check"), t("app.how-to-check")),
                  p(t("app.check-offline")),
                  copyable("polder record verify receipt-" + str(found->act.id) + ".tlog-proof --key \"" +
                           record::vkey(*verifier) + '"'),
                  p(cls("small quiet"), t("app.receipt-holds-words")));
  // Some acts lead to their receipt: then what they are about is where one goes on.
  const std::string& made_at = found->act.location.starts_with("receipts/") ? found->act.subject : found->act.location;
  const bool leads_somewhere = found->own && !made_at.empty() && visit.platform;
  return visit.page(
      {.title = heading,
       .main = web::lead(trail(visit), heading, found->own ? p(t("app.receipt-words")) : Html{},
                         leads_somewhere ? web::plain_button(t("app.go-to-it"), visit.at(made_at)) : Html{}) +
               div(cls("stack loose"), receipt(visit, *found), how)});
}

http::Response file(Visit& visit) {
  const auto found = find(visit);
  // What was said may be for its author's eyes in part even where the act is open, so only the author gets the opening.
  if (!found || !found->own) return nothing(visit);
  auto proof = visit.house.logs.receipt(found->act);
  if (!proof) return visit.refusal(proof.error());
  return visit.file(*std::move(proof), "text/plain; charset=utf-8", "receipt-" + str(found->act.id) + ".tlog-proof");
}

}  // namespace

void add_receipts(House& house) {
  for (const std::string base : {"/receipts/{act}", "/{platform}/receipts/{act}"}) {
    house.routes.add({http::Method::get, base, web::Door::anyone, web::Keep::nothing, 0, show});
    house.routes.add({http::Method::get, base + "/file", web::Door::signed_in, web::Keep::nothing, 0, file});
  }
}

}  // namespace polder::app
