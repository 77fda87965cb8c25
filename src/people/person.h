// People as this room's tables know them. The rows of a person are what erasure deletes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/i18n/language.h"
#include "kernel/storage/database.h"

namespace polder::people {

struct Person {
  Id id{};
  std::string name;   ///< may be empty: a person who only ever confirmed an address
  std::string email;  ///< confirmed, in its one spelling
  bool has_password = false;
  i18n::Language language = i18n::Language::en;
  Time made_at;
  std::vector<std::string> server_roles = {};  ///< roles on the server itself ("administrator")
};

struct Session {
  std::string id;  ///< hex of the hash of the cookie's value; names the row without giving the key away
  Id person{};
  Time began, last_seen, ends;
  std::string agent;  ///< the browser, in a few words, for the list of one's sessions
};

inline constexpr std::string_view session_cookie = "polder";
inline constexpr std::string_view language_cookie = "lang";
inline constexpr std::int64_t session_days = 30;

/// The person and session behind a session cookie's value; nothing when it is unknown or over.
std::optional<std::pair<Person, Session>> find_session(storage::ReadTx& tx, std::string_view cookie, Time now);
/// How every API token begins, so that one left in the open can be recognised and taken back.
inline constexpr std::string_view token_prefix = "polder_";

/// The person and scopes behind an API token; nothing when it is unknown, over or taken back.
struct TokenHolder {
  Person person;
  std::vector<std::string> scopes;  ///< never empty
  std::optional<Time> last_used;    ///< the day, in UTC
};
std::optional<TokenHolder> find_token(storage::ReadTx& tx, std::string_view token, Time now);

std::optional<Person> find_person(storage::ReadTx& tx, Id id);
std::optional<Person> find_person_by_email(storage::ReadTx& tx, std::string_view email);

/// The person with this confirmed address, made if there is none (without a password): whoever confirms an address to
/// send one response is a participant from then on.
Id person_for_address(storage::WriteTx& tx, IdSource& ids, Time now, std::string_view email, std::string_view name,
                      i18n::Language language);

/// Begins a session; answers the cookie's value.
std::string begin_session(storage::WriteTx& tx, Random& random, Id person, std::string_view agent, Time now);

}  // namespace polder::people
