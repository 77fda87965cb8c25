// The strip of a demonstration: one click and one is somebody else. Outside a demonstration this address is not there.
#include "app/pages/pages.h"
#include "kernel/web/guard.h"
#include "people/demo_people.h"
#include "people/pages.h"
#include "people/store.h"

namespace polder::app {
namespace {

/// A path of ours to go back to, and nothing else.
Url back_to(const std::string& next) {
  const bool ours = next.starts_with('/') && !next.starts_with("//") && next.find_first_of("\\\r\n") == next.npos;
  return Url::local(ours ? next : "/");
}

/// The cookie of the new session; empty for a visitor, who has none.
Result<std::string> become(const Visit& visit, const std::string& role) {
  return visit.house.database.write([&](storage::WriteTx& tx) -> Result<std::string> {
    if (visit.session) people::store::end_session(tx, visit.person->id, visit.session->id);
    if (std::ranges::find(people::demo_people, role) == people::demo_people.end()) return std::string();
    const auto person = people::find_person_by_email(tx, people::demo_address(role));
    if (!person) return refuse(Why::not_found, {"app.no-demo-person"});
    return people::begin_session(tx, visit.house.random, person->id, people::agent_of(visit.request), visit.now);
  });
}

http::Response take_role(Visit& visit) {
  const auto sent = visit.sent();
  if (!sent) return visit.refusal(sent.error());
  const auto text = [&](std::string_view name) { return fields::text_of(sent->fields.if_contains(name)).value_or(""); };
  const auto cookie = become(visit, text("role"));
  if (!cookie) return visit.refusal(cookie.error());
  const std::int64_t kept_s = cookie->empty() ? 0 : people::session_days * day_ms / second_ms;
  visit.set_cookie(web::set_cookie(people::session_cookie, *cookie, kept_s, visit.request.secure));
  // Who tries a role goes on in their own language, not in that of the person they are made of.
  visit.set_cookie(web::set_cookie(people::language_cookie, i18n::code(visit.t.language()),
                                   people::session_days * day_ms / second_ms, visit.request.secure));
  return visit.redirect(back_to(text("next")));
}

}  // namespace

void add_demo(House& house) {
  if (house.settings.demo)
    house.routes.add({http::Method::post, "/demo/role", web::Door::anyone, web::Keep::nothing, 4u << 10, take_role});
}

}  // namespace polder::app
