// What the pages of this room share. The only HTML of accounts and organisations is in pages_*.cpp.
#pragma once

#include "people/acts/acts.h"
#include "people/form_page.h"
#include "people/visit.h"

namespace polder::people {

void add_sign_in_pages(House& house);
void add_sign_up_pages(House& house);
void add_password_pages(House& house);
void add_account_pages(House& house);
void add_email_pages(House& house);
void add_erase_pages(House& house);
void add_token_pages(House& house);
void add_organisation_pages(House& house);
void add_pending_pages(House& house);

using http::Method;
using web::Door;
using web::Keep;

/// A route of this room: never kept, with an ordinary form at most. Who is signed in here is so by a session: a token
/// that leaks opens no account.
void route(House& house, Method method, std::string pattern, Door door, std::function<http::Response(Visit&)> handle);

/// The browser holds the session from now on, or no longer.
void give_session(Visit& visit, std::string_view cookie);
void take_session(Visit& visit);

/// Begins a session and hands it over.
Done sign_in(Visit& visit, Id person);

/// Acts on accounts are the server's, also where a platform's own host shows the page.
Result<record::Recorded> perform_at_server(Visit& visit, std::string_view act, const boost::json::object& fields,
                                           const std::string& key);
/// The same for an act that its proof alone allows, whoever else may be signed in at this browser.
Result<record::Recorded> perform_as_visitor(Visit& visit, std::string_view act, const boost::json::object& fields,
                                            const std::string& key);

/// A language's code and what it calls itself, for a choice.
std::vector<std::pair<std::string, std::string>> languages();

/// The password just typed, checked on the pool. Guesses are limited. A wrong one is a fault of the field `field`.
Done check_current_password(Visit& visit, std::string_view field, std::string_view password);
/// The same, and answers a proof for an act that asks for one.
Result<std::string> prove_by_password(Visit& visit, std::string_view field, std::string_view password);

/// Where somebody wanted to go when they were asked who they are: a path of ours, kept on the way through forms and
/// mails.
Url next_of(std::string_view next);
/// This address, with where to go on afterwards; without it when that is nowhere in particular.
Url with_next(std::string_view path, std::string_view next);

/// The way here from one's account.
std::vector<web::Link> account_trail(const Visit& visit);

/// A page of a few words, with what to do next.
http::Response words_page(Visit& visit, const std::string& title, const Html& words, const Html& next = {});
/// "Look into your mail": the same whether one was sent or not.
http::Response check_your_mail(Visit& visit);

/// How long a password just typed counts.
inline constexpr std::int64_t typed_ms = 10 * minute_ms;

}  // namespace polder::people
