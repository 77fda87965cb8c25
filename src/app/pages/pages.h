// The pages of the server and of every platform, whatever it runs. Each file adds its own routes.
#pragma once

#include "governance/explain.h"
#include "kernel/web/shell.h"
#include "people/visit.h"

namespace polder::app {

using html::Html;
using html::Url;
using people::House;
using people::Page;
using people::Visit;

/// All of them, the server's before the platforms', whose patterns would take their place.
void add_pages(House& house);

/// A platform's front page, and of a closed platform with a door all that others see.
inline constexpr std::string_view front_pattern = "/{platform}";

void add_start(House& house);
void add_server_pages(House& house);
void add_demo(House& house);
void add_front(House& house);
void add_how_we_work(House& house);
void add_algorithms(House& house);
void add_texts(House& house);
void add_record(House& house);
void add_receipts(House& house);
void add_manage(House& house);
void add_apply(House& house);
void add_applications(House& house);
void add_api(House& house);

// ---- what they share (parts.cpp) ----

/// The platform of this visit, or the server itself.
std::shared_ptr<const governance::Platform> here(const Visit& visit);
/// The words of a charter in the reader's language, marked where they are in another.
Html spoken(const Visit& visit, const governance::LocalText& text);
std::string said(const Visit& visit, const governance::LocalText& text);
/// A sayer for governance's sentences.
governance::Say sayer(const Visit& visit);
/// What an act is, as a sentence's end: "respond to a consultation"; its name where no room has words for it.
std::string act_words(const House& house, const i18n::Voice& t, std::string_view act);
/// A role in plain words, the server's and the clock's too.
std::string role_words(const Visit& visit, std::string_view role);
/// Where a platform is found: below this server, or at its own host.
Url home_of(const House& house, const governance::Platform& platform);
/// "platform › this page".
Html trail(const Visit& visit, const std::vector<web::Link>& more = {});
/// A stretch of code that a person copies: a command, a key.
Html copyable(std::string_view words);
std::string_view operator_kind_key(governance::OperatorKind kind);
Html mail_to(const std::string& address);
/// Who runs this platform, and how they are reached.
Html operated_by(const Visit& visit);

// ---- applying for a role (apply.cpp) ----

/// Are there roles to ask for here that this visitor does not have, and may they ask?
bool may_apply(const Visit& visit);
/// What this visitor asked for and what became of it, and the form to ask. Posts to `to`.
Html applying(Visit& visit, const Url& to, const boost::json::object& typed = {}, const Refusal* refused = nullptr);
/// A platform's front page; refused, with what was typed at its door.
http::Response front(Visit& visit, const boost::json::object& typed = {}, const Refusal* refused = nullptr);

// ---- managing (manage.cpp) ----

/// Everybody acts in their own name; whoever runs the server for the server, where the charter gives it a say about
/// this role and them none.
record::Actor actor_for(const Visit& visit, const governance::Role* role, std::string_view act);
/// May this visitor decide by this act about who holds the role?
bool may_decide(const Visit& visit, const governance::Role& role, std::string_view act);

}  // namespace polder::app
