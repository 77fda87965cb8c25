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

void add_start(House& house);
void add_server_pages(House& house);
void add_demo(House& house);
void add_front(House& house);
void add_how_we_work(House& house);
void add_texts(House& house);
void add_record(House& house);
void add_receipts(House& house);
void add_manage(House& house);
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
Url address_of(const House& house, const governance::Platform& platform);
/// Absolute, for the API and for people who check from elsewhere.
std::string absolute(const House& house, const governance::Platform& platform, std::string_view path = {});
/// "platform › this page".
Html trail(const Visit& visit, const std::vector<web::Link>& more = {});
/// A stretch of code that a person copies: a command, a key.
Html copyable(std::string_view words);
std::string_view operator_kind_key(governance::OperatorKind kind);

}  // namespace polder::app
