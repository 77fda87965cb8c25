// Platforms: what a server holds. Each has a charter, roles that were given to people, and a record of its own. The
// server itself is one (its charter is charters/server.toml): accounts and the making of platforms are acts in it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "governance/applications.h"
#include "governance/charter.h"
#include "governance/permission.h"
#include "kernel/i18n/voice.h"
#include "kernel/storage/database.h"
#include "record/acts.h"

namespace polder::governance {

struct Platform {
  Id id{};
  std::string slug;
  Charter charter;
  std::string charter_text;
  i18n::Zone zone = i18n::Zone::utc();
  std::vector<i18n::Language> languages;
  Time made_at;

  std::string name(i18n::Language language) const { return std::string(charter.name.in(code(language)).text); }
};

/// All platforms at one moment. Small, in memory, replaced as a whole when one changes.
struct PlatformList {
  std::vector<std::shared_ptr<const Platform>> all;  ///< by name's first language; the server itself is not among them
  std::shared_ptr<const Platform> server;
  std::shared_ptr<const Platform> by_slug(std::string_view slug) const;
  std::shared_ptr<const Platform> by_host(std::string_view host) const;
  std::shared_ptr<const Platform> by_id(Id id) const;
};

class Platforms {
 public:
  /// `words` is complete before the first `load`.
  Platforms(storage::Database& database, const Vocabulary& words) : database_(database), words_(words) {}

  /// Makes the server's own row and log on the first start, then reads everything.
  Done load(record::Logs& logs, const Clock& clock, const std::string& server_origin);
  void reload();
  std::shared_ptr<const PlatformList> list() const;

  /// The gate that every act passes.
  Result<std::string> may(storage::ReadTx& tx, Id platform, const record::Actor& actor, std::string_view act,
                          std::string_view phase) const;
  /// May this actor know that the platform is there, to do this act on it? False: everything is told as if it were not.
  static bool is_there(const Platform& platform, const record::Actor& actor, std::string_view act);
  /// The same question without doing it, for a page that shows a button or a form.
  Decision decide(const Platform& platform, const record::Actor& actor, std::string_view act,
                  std::string_view phase = {}) const;

  const Vocabulary& words() const { return words_; }

 private:
  std::shared_ptr<const Platform> read(Id id, std::string slug, std::string text, Time made_at) const;

  storage::Database& database_;
  const Vocabulary& words_;
  std::mutex reloading_;  ///< from reading the rows to taking them over: an older reading never comes last
  mutable std::mutex lock_;
  std::shared_ptr<const PlatformList> list_ = std::make_shared<PlatformList>();
};

/// Words that begin paths of the server's own and can name no platform.
bool is_reserved(std::string_view slug);

// ---- store.cpp: roles are given to a confirmed e-mail address, so that a person can be named before they come ----

struct Appointment {
  std::string email, role;
  Time given_at;
};
std::vector<std::string> roles_of_address(storage::ReadTx& tx, Id platform, std::string_view email);
/// Every role this address was given, with its platform.
std::vector<std::pair<Id, std::string>> roles_everywhere(storage::ReadTx& tx, std::string_view email);
std::vector<Appointment> appointments(storage::ReadTx& tx, Id platform);
std::vector<std::string> addresses_with_role(storage::ReadTx& tx, Id platform, std::string_view role);
/// False when the address had it already.
bool give_role(storage::WriteTx& tx, Id platform, std::string_view email, std::string_view role, Time now);
bool take_role(storage::WriteTx& tx, Id platform, std::string_view email, std::string_view role);
/// The person who has this address has another one now: what they hold goes with them.
void move_address(storage::WriteTx& tx, std::string_view from, std::string_view to);
/// Erasure: the address holds nothing any more, anywhere.
void forget_address(storage::WriteTx& tx, std::string_view email);

// ---- acts (acts/*.cpp) ----

/// What the making of a closed platform is about in the server's record, which everybody reads.
inline constexpr std::string_view unnamed_platform = "platforms/new";

/// What the acts of this room need from outside.
struct ActMeans {
  Platforms& platforms;
  record::Logs& logs;
  std::string host;  ///< of the server, for a log's origin: "example.org"
  Neighbours people = {};
};
void add_acts(record::Acts& acts, ActMeans& means);

}  // namespace polder::governance
