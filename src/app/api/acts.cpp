// POST /api/v1/acts/{name}: any act, in the name of a token's or a session's person, read and recorded like every
// other.
#include "app/api/api.h"
#include "app/pages/pages.h"
#include "kernel/web/form.h"
#include "people/letters.h"

namespace polder::app {
namespace {

namespace json = boost::json;

struct Body {
  std::string platform;
  json::object fields;
};

Result<Body> read_body(const Visit& visit) {
  if (!visit.request.header("content-type").starts_with("application/json"))
    return refuse(Why::invalid, {"app.api-json-only"});
  TRY(json::object raw, web::read_json(visit.request.body));
  Body out;
  for (auto& [name, value] : raw) {
    if (name == "platform" && value.is_string())
      out.platform = value.get_string();
    else if (name == "fields" && value.is_object())
      out.fields = std::move(value.get_object());
    else
      return refuse_field(std::string(name), {"fields.unknown"});
  }
  return out;
}

/// A token acts for its owner on platforms when that is among its scopes (people.create-token); never at the account it
/// comes from. Visit::perform holds the same for forms.
Done in_scope(const Visit& visit, std::string_view act) {
  const bool by_token = !visit.session.has_value();
  if (by_token && (std::ranges::find(visit.scopes, "act") == visit.scopes.end() || act.starts_with("people.")))
    return refuse(Why::forbidden, {"people.token-may-not"});
  return {};
}

struct Performed {
  record::Recorded recorded;
  std::shared_ptr<const governance::Platform> platform;
};

Result<Performed> perform(const Visit& visit) {
  const std::string act(visit.params["name"]);
  if (visit.house.acts.find(act) == nullptr) return refuse(Why::not_found, {"record.no-such-act"});
  CHECK_DONE(in_scope(visit, act));
  TRY(Body body, read_body(visit));
  const auto platforms = visit.house.platforms.list();
  const auto platform = body.platform.empty() ? platforms->server : platforms->by_slug(body.platform);
  const Refusal no_platform{.why = Why::not_found, .message = {"governance.no-platform"}};
  if (!platform) return std::unexpected(no_platform);
  // The path names no platform, so the roles that the visit knows are those on the server.
  record::Actor actor = visit.actor;
  actor.roles = visit.house.database.read(
      [&](storage::ReadTx& tx) { return governance::roles_of_address(tx, platform->id, visit.person->email); });
  if (!governance::Platforms::is_there(*platform, actor, act)) return std::unexpected(no_platform);
  TRY(auto recorded, visit.house.acts.perform({platform->id, std::move(actor), act, std::move(body.fields),
                                               std::string(visit.request.header("idempotency-key"))}));
  return Performed{std::move(recorded), platform};
}

}  // namespace

http::Response perform_act(Visit& visit) {
  const auto done = perform(visit);
  if (!done) return visit.json_refusal(done.error());
  const auto& [recorded, platform] = *done;
  const auto url = [&](const std::string& path) {
    return json::value(people::address_of(visit.house, *platform, path));
  };
  auto response =
      visit.json(201, json::object{{"act", str(recorded.act)},
                                   {"position", recorded.position},
                                   {"made", recorded.made ? json::value(str(recorded.made)) : json::value()},
                                   {"location", recorded.location.empty() ? json::value() : url(recorded.location)},
                                   {"receipt", {{"url", url("receipts/" + str(recorded.act))}}}});
  // The IETF draft on the Idempotency-Key header: the first answer again, with the same status.
  if (recorded.repeated) response.headers.emplace_back("idempotency-replayed", "true");
  return response;
}

}  // namespace polder::app
