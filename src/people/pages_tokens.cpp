// Keys for programs that act in one's name. A key is shown once, when it is made.
#include "kernel/base/encode.h"
#include "people/pages.h"

namespace polder::people {

using namespace html;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::string_view create = "people.create-token";

Html list_of(Visit& visit, const std::vector<store::ApiToken>& tokens) {
  const auto& t = visit.t;
  if (tokens.empty()) return {};
  Html rows;
  for (const auto& token : tokens) {
    std::vector<std::string> scopes;
    // messages: people.create-token.scopes.*
    for (const auto& scope : token.scopes) scopes.push_back(t("people.create-token.scopes." + scope));
    rows += tr(
        th(attr("scope", "row"), token.name), td(attr("data-label", t("people.token-scopes")), t.all_of(scopes)),
        td(attr("data-label", t("people.token-used")),
           token.last_used ? web::when(t, *token.last_used) : plain(t("people.token-unused"))),
        td(attr("data-label", t("people.token-ends")), web::when(t, token.ends)),
        td(html::form(attr("method", "post"), action(Url::local("/account/tokens/revoke")),
                      input(attr("type", "hidden"), attr("name", "key"), attr("value", visit.fresh_key())),
                      html::button(cls("button plain little"), attr("type", "submit"), attr("name", "token"),
                                   attr("value", str(token.id)), t("people.token-revoke", {{"name", token.name}})))));
  }
  return table(
      cls("stacked"),
      thead(tr(th(attr("scope", "col"), t("people.token-name")), th(attr("scope", "col"), t("people.token-scopes")),
               th(attr("scope", "col"), t("people.token-used")), th(attr("scope", "col"), t("people.token-ends")),
               th(attr("scope", "col"), t("people.token-end")))),
      tbody(rows));
}

http::Response page(Visit& visit, const boost::json::object& typed = {{"days", 90}}, const Refusal* refused = nullptr) {
  const auto& t = visit.t;
  const auto tokens =
      visit.house.database.read([&](storage::ReadTx& tx) { return store::tokens_of(tx, visit.person->id); });
  return form_page(visit,
                   {.title = t("people.tokens"),
                    .trail = account_trail(visit),
                    .words = p(t("people.tokens-words")),
                    .above = list_of(visit, tokens) + h2(t("people.token-new")),
                    .act = std::string(create),
                    .description = visit.house.acts.find(create)->fields,
                    .controls =
                        [](const fields::Drawing& draw) {
                          return draw.field("token-name") + draw.field("scopes") + draw.field("days");
                        },
                    .to = Url::local("/account/tokens"),
                    .button = t("people.token-make")},
                   typed, refused);
}

http::Response made(Visit& visit) {
  auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto& t = visit.t;
  const std::string secret = std::string(token_prefix) + base64url(visit.house.random.bytes(32));
  sent->fields["secret"] = secret;
  const auto done = perform_at_server(visit, create, sent->fields, sent->key);
  sent->fields.erase("secret");
  if (!done) return page(visit, sent->fields, &done.error());
  if (done->repeated) {
    // The key that counts was shown in the first answer; this one would open nothing.
    visit.flash("people.token-made-already");
    return visit.redirect(Url::local("/account/tokens"));
  }
  return words_page(visit, t("people.token-made"),
                    web::notice(web::Tone::good, p(t("people.token-made-words")), true) + pre(code(secret)),
                    web::plain_button(t("people.tokens"), Url::local("/account/tokens")));
}

http::Response revoked(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  if (const auto done = perform_at_server(visit, "people.revoke-token", sent->fields, sent->key); !done)
    return visit.refusal(done.error());
  visit.flash("people.token-revoked");
  return visit.redirect(Url::local("/account/tokens"));
}

}  // namespace

void add_token_pages(House& house) {
  route(house, Method::get, "/account/tokens", Door::signed_in, [](Visit& visit) { return page(visit); });
  route(house, Method::post, "/account/tokens", Door::signed_in, made);
  route(house, Method::post, "/account/tokens/revoke", Door::signed_in, revoked);
}

}  // namespace polder::people
