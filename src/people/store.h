// The tables of people: the only SQL of this room. Secrets come in as they are and are kept as hashes only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/person.h"

namespace polder::people::store {

using storage::ReadTx;
using storage::WriteTx;

// ---- people ----

/// What is kept of the password; nothing when there is no such person or none was set.
std::optional<std::string> password_of(ReadTx& tx, Id person);
void set_password(WriteTx& tx, Id person, std::string_view encoded);
void set_email(WriteTx& tx, Id person, std::string_view email);
void set_name(WriteTx& tx, Id person, std::string_view name);
void set_language(WriteTx& tx, Id person, i18n::Language language);
/// A sign of life, for retention.
void seen(WriteTx& tx, Id person, Time now);
void delete_person(WriteTx& tx, Id person);  ///< with sessions, proofs, tokens and memberships

/// Who gave no sign of life since `before` and was not warned yet.
std::vector<Person> to_warn(ReadTx& tx, Time before, std::int64_t limit);
void warned(WriteTx& tx, Id person, Time now);
/// Who was warned before `warned_before` and gave no sign of life since.
std::vector<Id> to_retire(ReadTx& tx, Time warned_before, std::int64_t limit);
bool may_retire(ReadTx& tx, Id person, Time warned_before);

// ---- sessions ----

std::vector<Session> sessions_of(ReadTx& tx, Id person);  ///< the last used first
void touch_session(WriteTx& tx, std::string_view id, Time now);
bool end_session(WriteTx& tx, Id person, std::string_view id);
void end_sessions(WriteTx& tx, Id person, std::string_view but = {});

// ---- proofs: a link in a mail, or a password just typed ----

struct Proof {
  std::string purpose;
  std::optional<Id> person;
  std::string email, payload;
  Time made_at, ends;
};
/// Keeps the proof; answers the secret that stands for it.
std::string add_proof(WriteTx& tx, Random& random, const Proof& proof);
std::optional<Proof> find_proof(ReadTx& tx, std::string_view purpose, std::string_view secret, Time now);
void spend_proof(WriteTx& tx, std::string_view secret);
/// Older links of this purpose to this address no longer work.
void drop_proofs(WriteTx& tx, std::string_view purpose, std::string_view email);
/// No link or password that was shown before is worth anything to this person any more.
void drop_proofs_of(WriteTx& tx, Id person);

// ---- API tokens ----

struct ApiToken {
  Id id{};
  std::string name;
  std::vector<std::string> scopes;
  Time made_at;
  std::optional<Time> last_used;
  Time ends;
};
void insert_token(WriteTx& tx, Id person, const ApiToken& token, std::string_view secret);
std::vector<ApiToken> tokens_of(ReadTx& tx, Id person);
bool delete_token(WriteTx& tx, Id person, Id token);
void touch_token(WriteTx& tx, std::string_view secret, Time now);

// ---- organisations ----

struct Organisation {
  Id id{};
  std::string name, kind;
  Time made_at;
  std::string country = {};        ///< ISO 3166-1 alpha-2; may be empty
  std::optional<Id> part_of = {};  ///< its owner, as it says itself
  bool part_of_confirmed = false;  ///< and as the owner says too
};
struct Membership {
  Organisation organisation;
  std::string role;  ///< "administrator" or "member"
  Time since;
};
struct Member {
  Id person{};
  std::string name, email, role;
  Time since;
};
struct Invitation {
  Organisation organisation;
  std::string email, role;
  Time made_at;
};

/// Who asks for a role (governance::Application), in the order of governance::open_applications.
struct Applicant {
  Id application{};
  std::string name, email, organisation;  ///< the organisation's name; may be empty
};
std::vector<Applicant> applicants(ReadTx& tx, Id platform, Id after, std::int64_t limit);

void insert_organisation(WriteTx& tx, const Organisation& organisation);
std::optional<Organisation> organisation(ReadTx& tx, Id id);
void describe_organisation(WriteTx& tx, Id id, std::string_view kind, std::string_view country);
void set_owner(WriteTx& tx, Id id, const std::optional<Id>& owner, bool confirmed);
std::vector<Id> owners(ReadTx& tx, Id id);           ///< its owner, the owner's owner, …; the nearest first
std::vector<Organisation> parts(ReadTx& tx, Id id);  ///< those that say they are part of it; 200 at most
std::int64_t parts_deep(ReadTx& tx, Id id);          ///< how many steps the longest chain of parts below it has
std::vector<Membership> memberships_of(ReadTx& tx, Id person);
std::vector<Member> members(ReadTx& tx, Id organisation);  ///< the oldest membership first; 1,000 at most
std::optional<std::string> role_in(ReadTx& tx, Id organisation, Id person);
void put_member(WriteTx& tx, Id organisation, Id person, std::string_view role, Time now);
/// The last administrator's place goes to whoever was there longest: an organisation of people is never without one.
bool remove_member(WriteTx& tx, Id organisation, Id person);
std::optional<std::string> invited_as(ReadTx& tx, Id organisation, std::string_view email);
void put_invitation(WriteTx& tx, Id organisation, std::string_view email, std::string_view role, Time now);
void delete_invitation(WriteTx& tx, Id organisation, std::string_view email);
std::vector<Invitation> invitations_to(ReadTx& tx, std::string_view email);
std::vector<Invitation> invitations_of(ReadTx& tx, Id organisation);

void move_invitations(WriteTx& tx, std::string_view from, std::string_view to);

// ---- acts that wait for an address ----

struct Pending {
  Id platform{};
  std::string act, fields;
  std::string email, name;
  i18n::Language language = i18n::Language::en;
  std::string title, location;
  bool done = false;
  Time ends;
};
std::string add_pending(WriteTx& tx, Random& random, const Pending& pending);
std::optional<Pending> find_pending(ReadTx& tx, std::string_view secret, Time now);
/// The act is done: what it said and whose it was is the record's now, and goes from here.
void finish_pending(WriteTx& tx, std::string_view secret, std::string_view location);

// ---- erasure and housekeeping ----

/// An address a person had, or only asked for, besides the one they have. The first are kept as long as the person, the
/// others until `ends`.
struct OtherAddress {
  std::string email;
  std::optional<Time> ends;
};
void keep_other_address(WriteTx& tx, Id person, const OtherAddress& address);
std::vector<OtherAddress> other_addresses(ReadTx& tx, Id person);

/// What is kept by address alone.
void forget_address(WriteTx& tx, std::string_view email);
/// Sessions, proofs, tokens, waiting acts and addresses only asked for that are over.
void drop_ended(WriteTx& tx, Time now);

}  // namespace polder::people::store
