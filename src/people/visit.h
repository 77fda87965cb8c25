// A visit: one request with everything a page or an act may ask about it - who, where, in which language, when. Every
// route's handler is handed one; who a person is and which roles they hold is found out here and nowhere else.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields/draw.h"
#include "kernel/http/server.h"
#include "kernel/web/receive.h"
#include "kernel/web/router.h"
#include "kernel/web/shell.h"
#include "people/house.h"
#include "people/person.h"

namespace polder::people {

using html::Html;
using html::Url;

/// What a page gives: its title, its content, and what of the frame is its own.
struct Page {
  std::string title;
  Html main;
  std::string current = {};  ///< the path of the destination it belongs to, for the navigation
  int status = 200;
  bool error = false;  ///< it shows a refused form
};

/// What HTTP says of a refusal.
int http_status(Why why);

/// The browser in a few words, for the list of one's sessions: "Firefox, Linux". Empty when it is none we know.
std::string agent_of(const http::Request& request);

class Visit {
 public:
  Visit(House& house, const http::Request& request, web::Params params);

  House& house;
  const http::Request& request;
  const web::Params params;
  const Time now;

  /// The platform that the path or the host names; null on the server's own pages.
  std::shared_ptr<const governance::Platform> platform;
  std::optional<Person> person;  ///< who is signed in
  std::optional<Session> session;
  std::vector<std::string> scopes;  ///< of the API token, when one was used
  record::Actor actor;              ///< with the roles on `platform` (or on the server)
  i18n::Voice t;
  std::optional<web::Received> received;  ///< on a route that takes uploads; its fields are those of sent()

  bool is_administrator() const;  ///< of the server
  bool has_role(std::string_view role) const;
  /// May this visitor do this act now? For showing a button; the act asks again itself.
  governance::Decision may(std::string_view act, std::string_view phase = {}) const;
  /// Is the platform open, or does this visitor hold a role that was given to them there?
  bool may_enter() const;
  /// The platforms of the server that this visitor may know of.
  std::vector<std::shared_ptr<const governance::Platform>> platforms() const;
  /// Those of the house's destinations that are there for this visitor.
  std::vector<web::Link> links(const std::vector<Destination>& destinations, std::string_view current = {}) const;

  /// A path on this platform ("/delta/consultations/x", or "/consultations/x" on a host of its own); on the server's
  /// own pages a path from the root.
  Url at(std::string_view path = {}) const;
  std::string query(std::string_view name) const;

  // ---- answers ----
  http::Response page(const Page& page);
  http::Response redirect(const Url& to) const;    ///< 303 See Other
  http::Response refusal(const Refusal& refusal);  ///< a page that says what happened and what to do
  http::Response json(int status, const boost::json::value& value) const;
  http::Response json_refusal(const Refusal& refusal) const;
  http::Response file(std::string bytes, std::string type, std::string name) const;

  /// The page shows this subject: kept as finished bytes until an act renews it. Only for routes that Keep::page.
  void shows(std::string subject) { subjects_.push_back(std::move(subject)); }
  const std::vector<std::string>& subjects() const { return subjects_; }
  bool keepable() const { return keepable_; }

  /// Reads the body of a form. `key` is taken out: the idempotency key that `form` put there.
  struct Sent {
    boost::json::object fields;
    std::string key;
    std::string step;  ///< which button was pressed: the field "step"
  };
  Result<Sent> sent() const;

  /// Performs an act on this platform in this visitor's name.
  Result<record::Recorded> perform(std::string_view act, const boost::json::object& fields,
                                   const std::string& key = {});

  /// A <form> for an act: posts to `to`, carries a fresh idempotency key, one button.
  Html form(const Url& to, const Html& fields, std::string_view button, bool upload = false,
            std::string_view button_class = "button");
  std::string fresh_key() const;

  /// What was just done, said at the top of the next page: a catalogue key kept in a short-lived cookie.
  void flash(std::string_view key) { flash_ = key; }

  /// Sets a cookie with the answer.
  void set_cookie(std::string value) { cookies_.push_back(std::move(value)); }

 private:
  void note(const std::function<void(storage::WriteTx&)>& what);
  i18n::Voice choose_voice() const;
  web::Shell shell(const Page& page) const;
  /// Where this page can be opened again: what takes a form may have an address that cannot be opened.
  Url here() const;
  http::Response with_cookies(http::Response response) const;

  std::vector<std::string> subjects_;
  std::vector<std::string> cookies_;
  std::string flash_;
  bool keepable_ = false;
};

}  // namespace polder::people
