#include "governance/platforms.h"

#include <stdexcept>

#include "governance/store.h"
#include "kernel/base/embedded.h"
#include "record/log.h"

namespace polder::governance {
namespace {

constexpr std::array<std::string_view, 15> reserved{"server",  "assets", "account",  "api",     "healthz",
                                                    "metrics", "demo",   "setup",    "record",  "admin",
                                                    "favicon", "robots", "language", "confirm", "receipts"};

constexpr std::string_view server_slug = "server";

/// In what the server has a say on a platform: who holds a role that the charter leaves to it (acts/appoint.cpp,
/// settle.cpp).
bool is_for_server(std::string_view act) {
  constexpr std::array<std::string_view, 4> acts{"platforms.appoint", "platforms.dismiss",
                                                 "platforms.accept-application", "platforms.decline-application"};
  return std::ranges::find(acts, act) != acts.end();
}

std::string server_charter() {
  const auto text = embedded("charters/server.toml");
  if (!text) throw std::logic_error("charters/server.toml is not in the program");
  return std::string(*text);
}

}  // namespace

bool is_reserved(std::string_view slug) { return std::ranges::find(reserved, slug) != reserved.end(); }

std::shared_ptr<const Platform> PlatformList::by_slug(std::string_view slug) const {
  for (const auto& p : all)
    if (p->slug == slug) return p;
  return nullptr;
}

std::shared_ptr<const Platform> PlatformList::by_host(std::string_view host) const {
  if (host.empty()) return nullptr;
  for (const auto& p : all)
    if (p->charter.host == host) return p;
  return nullptr;
}

std::shared_ptr<const Platform> PlatformList::by_id(Id id) const {
  if (server && server->id == id) return server;
  for (const auto& p : all)
    if (p->id == id) return p;
  return nullptr;
}

std::shared_ptr<const Platform> Platforms::read(Id id, std::string slug, std::string text, Time made_at) const {
  auto charter = parse(text, words_);
  if (!charter)
    throw std::logic_error("the charter of platform " + slug + " cannot be read: line " +
                           std::to_string(charter.error().front().line) + ", " + charter.error().front().key);
  Platform p{.id = id,
             .slug = std::move(slug),
             .charter = *std::move(charter),
             .charter_text = std::move(text),
             .languages = {},
             .made_at = made_at};
  p.zone = i18n::Zone::named(p.charter.timezone).value_or(i18n::Zone::utc());
  for (const auto& code : p.charter.languages)
    if (const auto language = i18n::parse_language(code)) p.languages.push_back(*language);
  return std::make_shared<const Platform>(std::move(p));
}

Done Platforms::load(record::Logs& logs, const Clock& clock, const std::string& server_origin) {
  const bool first = database_.read([](storage::ReadTx& tx) { return store::platforms(tx).empty(); });
  if (first)
    CHECK_DONE(database_.write([&](storage::WriteTx& tx) -> Done {
      store::insert_platform(tx, {record::server_platform, std::string(server_slug), server_charter(), clock.now()});
      logs.create(tx, record::server_platform, server_origin);
      return {};
    }));
  reload();
  return {};
}

void Platforms::reload() {
  const std::lock_guard alone(reloading_);
  const auto rows = database_.read([](storage::ReadTx& tx) { return store::platforms(tx); });
  auto fresh = std::make_shared<PlatformList>();
  const auto before = list();
  for (const auto& row : rows) {
    if (row.id == record::server_platform) {
      // The server's own charter comes with the program; the row holds the one of the first start.
      fresh->server = before->server ? before->server : read(row.id, row.slug, server_charter(), row.made_at);
      continue;
    }
    const auto known = before->by_id(row.id);
    fresh->all.push_back(
        known && known->charter_text == row.charter ? known : read(row.id, row.slug, row.charter, row.made_at));
  }
  const std::lock_guard hold(lock_);
  list_ = std::move(fresh);
}

std::shared_ptr<const PlatformList> Platforms::list() const {
  const std::lock_guard hold(lock_);
  return list_;
}

Decision Platforms::decide(const Platform& platform, const record::Actor& actor, std::string_view act,
                           std::string_view phase) const {
  using Kind = record::Actor::Kind;
  switch (actor.kind) {
    case Kind::console:
      return {.allowed = true, .rule = {}};
    case Kind::clock: {
      const std::vector<std::string> roles{"clock"};
      return governance::may(platform.charter, roles, act, phase);
    }
    default: {
      if (actor.for_server && is_for_server(act)) return {.allowed = true, .rule = {}};
      const auto roles = roles_of(platform.charter, actor.is_person(), actor.roles);
      return governance::may(platform.charter, roles, act, phase);
    }
  }
}

bool Platforms::is_there(const Platform& platform, const record::Actor& actor, std::string_view act) {
  using Kind = record::Actor::Kind;
  return actor.kind == Kind::console || actor.kind == Kind::clock || may_enter(platform.charter, actor.roles) ||
         at_the_door(platform.charter, act) || (actor.for_server && is_for_server(act));
}

Result<std::string> Platforms::may(storage::ReadTx&, Id platform, const record::Actor& actor, std::string_view act,
                                   std::string_view phase) const {
  const auto here = list()->by_id(platform);
  if (!here || !is_there(*here, actor, act)) return refuse(Why::not_found, {"governance.no-platform"});
  const Decision decision = decide(*here, actor, act, phase);
  if (!decision) {
    const bool could_sign_in = actor.kind == record::Actor::Kind::visitor && decision.phases.empty();
    return refuse(could_sign_in ? Why::unauthorized : Why::forbidden,
                  decision.reason.value_or(Message{"governance.refused"}));
  }
  if (actor.kind == record::Actor::Kind::visitor && decision.confirm_email)
    return refuse(Why::unauthorized, {"governance.confirm-first"});
  if (actor.kind == record::Actor::Kind::console || (actor.for_server && is_for_server(act)))
    return std::string("server");
  if (actor.kind == record::Actor::Kind::clock) return std::string("clock");
  return role_in_record(here->charter, roles_of(here->charter, actor.is_person(), actor.roles), act, phase);
}

}  // namespace polder::governance
