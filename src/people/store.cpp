#include "people/store.h"

#include <algorithm>

#include "kernel/base/encode.h"
#include "kernel/crypto/crypto.h"
#include "people/affiliations.h"

namespace polder::people {
namespace {

using storage::Blob;
using storage::ReadTx;
using storage::Row;
using storage::Statement;
using storage::WriteTx;

#define POLDER_PERSON_COLUMNS "p.id, p.name, p.email, p.password IS NOT NULL, p.language, p.made_at"
constexpr Statement select_person{"people.person", "SELECT " POLDER_PERSON_COLUMNS " FROM people p WHERE p.id = $1"};
constexpr Statement select_by_email{"people.person-by-email",
                                    "SELECT " POLDER_PERSON_COLUMNS " FROM people p WHERE p.email = $1"};
constexpr Statement insert_person{"people.insert-person",
                                  "INSERT INTO people (id, email, name, language, made_at, seen_at) "
                                  "VALUES ($1, $2, $3, $4, $5, $5)"};
constexpr Statement select_password{"people.password", "SELECT password FROM people WHERE id = $1"};
constexpr Statement update_password{"people.set-password", "UPDATE people SET password = $2 WHERE id = $1"};
constexpr Statement update_email{"people.set-email", "UPDATE people SET email = $2 WHERE id = $1"};
constexpr Statement update_name{"people.set-name", "UPDATE people SET name = $2 WHERE id = $1"};
constexpr Statement update_language{"people.set-language", "UPDATE people SET language = $2 WHERE id = $1"};
constexpr Statement update_seen{"people.seen", "UPDATE people SET seen_at = $2, warned_at = NULL WHERE id = $1"};
constexpr Statement delete_row{"people.delete-person", "DELETE FROM people WHERE id = $1"};
constexpr Statement select_to_warn{"people.to-warn", "SELECT " POLDER_PERSON_COLUMNS
                                                     " FROM people p WHERE p.seen_at < $1 AND p.warned_at IS NULL "
                                                     "ORDER BY p.seen_at LIMIT $2"};
constexpr Statement update_warned{"people.warned", "UPDATE people SET warned_at = $2 WHERE id = $1"};
constexpr Statement select_to_retire{"people.to-retire",
                                     "SELECT id FROM people WHERE warned_at < $1 ORDER BY warned_at LIMIT $2"};
constexpr Statement select_may_retire{"people.may-retire", "SELECT warned_at < $2 FROM people WHERE id = $1"};

constexpr Statement insert_session{"people.insert-session",
                                   "INSERT INTO sessions (id, person, began, last_seen, ends, agent) "
                                   "VALUES ($1, $2, $3, $3, $4, $5)"};
constexpr Statement select_session{
    "people.session", "SELECT " POLDER_PERSON_COLUMNS
                      ", s.id, s.began, s.last_seen, s.ends, s.agent FROM sessions s JOIN people p ON p.id = s.person "
                      "WHERE s.id = $1 AND s.ends > $2"};
constexpr Statement select_sessions{"people.sessions",
                                    "SELECT id, person, began, last_seen, ends, agent FROM sessions WHERE person = $1 "
                                    "ORDER BY last_seen DESC, id LIMIT 200"};
constexpr Statement update_session{"people.touch-session", "UPDATE sessions SET last_seen = $2 WHERE id = $1"};
constexpr Statement update_seen_by_session{
    "people.seen-by-session",
    "UPDATE people SET seen_at = $2, warned_at = NULL WHERE id = (SELECT person FROM sessions WHERE id = $1)"};
constexpr Statement delete_session{"people.end-session", "DELETE FROM sessions WHERE person = $1 AND id = $2"};
constexpr Statement delete_sessions{"people.end-sessions", "DELETE FROM sessions WHERE person = $1 AND id <> $2"};

constexpr Statement insert_proof{"people.insert-proof",
                                 "INSERT INTO proofs (hash, purpose, person, email, payload, made_at, ends) "
                                 "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement select_proof{"people.proof",
                                 "SELECT purpose, person, email, payload, made_at, ends FROM proofs "
                                 "WHERE hash = $1 AND purpose = $2 AND ends > $3"};
constexpr Statement delete_proof{"people.spend-proof", "DELETE FROM proofs WHERE hash = $1"};
constexpr Statement delete_proofs_by_person{"people.drop-proofs-of", "DELETE FROM proofs WHERE person = $1"};
constexpr Statement delete_proofs{"people.drop-proofs", "DELETE FROM proofs WHERE purpose = $1 AND email = $2"};

constexpr Statement insert_token{"people.insert-token",
                                 "INSERT INTO api_tokens (id, hash, person, name, scopes, made_at, ends) "
                                 "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement select_token{"people.token",
                                 "SELECT " POLDER_PERSON_COLUMNS
                                 ", t.scopes, t.last_used FROM api_tokens t JOIN people p ON p.id = t.person "
                                 "WHERE t.hash = $1 AND t.ends > $2"};
constexpr Statement select_tokens{"people.tokens",
                                  "SELECT id, name, scopes, made_at, last_used, ends FROM api_tokens WHERE person = $1 "
                                  "ORDER BY id DESC LIMIT 200"};
constexpr Statement delete_one_token{"people.revoke-token", "DELETE FROM api_tokens WHERE person = $1 AND id = $2"};
constexpr Statement update_token{"people.touch-token",
                                 "UPDATE api_tokens SET last_used = $2 "
                                 "WHERE hash = $1 AND (last_used IS NULL OR last_used < $2)"};
constexpr Statement update_seen_by_token{
    "people.seen-by-token",
    "UPDATE people SET seen_at = $2, warned_at = NULL WHERE id = (SELECT person FROM api_tokens WHERE hash = $1)"};

#define POLDER_ORGANISATION_COLUMNS "o.id, o.name, o.kind, o.made_at, o.country, o.part_of, o.part_of_confirmed"
constexpr Statement insert_organisation_row{
    "people.insert-organisation",
    "INSERT INTO organisations (id, name, kind, made_at, country) VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement select_organisation{"people.organisation",
                                        "SELECT " POLDER_ORGANISATION_COLUMNS " FROM organisations o WHERE o.id = $1"};
constexpr Statement update_description{"people.describe-organisation",
                                       "UPDATE organisations SET kind = $2, country = $3 WHERE id = $1"};
constexpr Statement update_owner{"people.set-owner",
                                 "UPDATE organisations SET part_of = $2, part_of_confirmed = $3 WHERE id = $1"};
constexpr Statement select_parts{"people.parts", "SELECT " POLDER_ORGANISATION_COLUMNS
                                                 " FROM organisations o WHERE o.part_of = $1 ORDER BY o.name, o.id "
                                                 "LIMIT 200"};
// One step more than a chain may have, and then no further: rows that were never let in cannot make this run on.
constexpr Statement select_owners{
    "people.owners",
    "WITH RECURSIVE up (id, distance) AS (SELECT part_of, CAST(1 AS BIGINT) FROM organisations WHERE id = $1 UNION "
    "SELECT o.part_of, up.distance + 1 FROM up JOIN organisations o ON o.id = up.id WHERE up.distance < 9) "
    "SELECT id FROM up WHERE id IS NOT NULL ORDER BY distance"};
constexpr Statement select_depth{
    "people.parts-deep",
    "WITH RECURSIVE down (id, distance) AS (SELECT id, CAST(0 AS BIGINT) FROM organisations WHERE id = $1 UNION "
    "SELECT o.id, down.distance + 1 FROM down JOIN organisations o ON o.part_of = down.id WHERE down.distance < 9) "
    "SELECT MAX(distance) FROM down"};
// $1: the people's ids, 19 digits each, one after the other: a list in one value that both databases can take apart.
constexpr Statement select_affiliations{
    "people.affiliations",
    "WITH RECURSIVE asked (person, rest) AS ("
    "SELECT CAST(substr(CAST($1 AS TEXT), 1, 19) AS BIGINT), substr(CAST($1 AS TEXT), 20) UNION ALL "
    "SELECT CAST(substr(rest, 1, 19) AS BIGINT), substr(rest, 20) FROM asked WHERE rest <> ''), "
    "chain (person, organisation, distance, confirmed) AS ("
    "SELECT m.person, m.organisation, CAST(0 AS BIGINT), TRUE FROM asked JOIN memberships m ON m.person = asked.person "
    "UNION SELECT chain.person, o.part_of, chain.distance + 1, chain.confirmed AND o.part_of_confirmed "
    "FROM chain JOIN organisations o ON o.id = chain.organisation "
    "WHERE o.part_of IS NOT NULL AND chain.distance < 8) "
    "SELECT person, organisation, distance, confirmed FROM chain ORDER BY person, distance, organisation, confirmed "
    "DESC"};
constexpr Statement select_memberships{"people.memberships",
                                       "SELECT " POLDER_ORGANISATION_COLUMNS
                                       ", m.role, m.since FROM memberships m JOIN organisations o ON o.id = "
                                       "m.organisation WHERE m.person = $1 ORDER BY o.name, o.id LIMIT 200"};
constexpr Statement select_members{"people.members",
                                   "SELECT p.id, p.name, p.email, m.role, m.since FROM memberships m JOIN people p ON "
                                   "p.id = m.person WHERE m.organisation = $1 ORDER BY m.since, p.id LIMIT 1000"};
constexpr Statement select_role{"people.role-in",
                                "SELECT role FROM memberships WHERE organisation = $1 AND person = $2"};
constexpr Statement upsert_member{"people.put-member",
                                  "INSERT INTO memberships (organisation, person, role, since) VALUES ($1, $2, $3, $4) "
                                  "ON CONFLICT (organisation, person) DO NOTHING"};
constexpr Statement delete_member{"people.remove-member",
                                  "DELETE FROM memberships WHERE organisation = $1 AND person = $2"};
constexpr Statement select_administrator{
    "people.an-administrator",
    "SELECT person FROM memberships WHERE organisation = $1 AND role = 'administrator' LIMIT 1"};
constexpr Statement select_oldest{
    "people.oldest-member", "SELECT person FROM memberships WHERE organisation = $1 ORDER BY since, person LIMIT 1"};
constexpr Statement promote{"people.promote",
                            "UPDATE memberships SET role = 'administrator' WHERE organisation = $1 AND person = $2"};
constexpr Statement select_invited{"people.invited-as",
                                   "SELECT role FROM invitations WHERE organisation = $1 AND email = $2"};
constexpr Statement upsert_invitation{
    "people.put-invitation",
    "INSERT INTO invitations (organisation, email, role, made_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (organisation, email) DO UPDATE SET role = $3, made_at = $4"};
constexpr Statement delete_one_invitation{"people.delete-invitation",
                                          "DELETE FROM invitations WHERE organisation = $1 AND email = $2"};
constexpr Statement select_invitations_to{
    "people.invitations-to", "SELECT " POLDER_ORGANISATION_COLUMNS
                             ", i.email, i.role, i.made_at FROM invitations i JOIN organisations o ON o.id = "
                             "i.organisation WHERE i.email = $1 ORDER BY o.name, o.id LIMIT 200"};
constexpr Statement select_invitations_of{
    "people.invitations-of", "SELECT " POLDER_ORGANISATION_COLUMNS
                             ", i.email, i.role, i.made_at FROM invitations i JOIN organisations o ON o.id = "
                             "i.organisation WHERE i.organisation = $1 ORDER BY i.email LIMIT 1000"};
constexpr Statement copy_invitations{
    "people.move-invitations",
    "INSERT INTO invitations (organisation, email, role, made_at) "
    "SELECT organisation, CAST($2 AS TEXT), role, made_at FROM invitations WHERE email = $1 "
    "ON CONFLICT (organisation, email) DO NOTHING"};
constexpr Statement delete_invitations{"people.delete-invitations", "DELETE FROM invitations WHERE email = $1"};

constexpr Statement select_applicants{
    "people.applicants",
    "SELECT a.id, p.name, p.email, o.name FROM applications a JOIN people p ON p.id = a.person LEFT JOIN organisations "
    "o "
    "ON o.id = a.organisation WHERE a.platform = $1 AND a.state = 'open' AND a.id > $2 ORDER BY a.id LIMIT $3"};

constexpr Statement insert_pending{
    "people.insert-pending",
    "INSERT INTO pending_acts (hash, platform, act, fields, email, name, language, title, location, ends) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr Statement select_pending{
    "people.pending",
    "SELECT platform, act, fields, email, name, language, title, location, done, ends FROM pending_acts "
    "WHERE hash = $1 AND ends > $2"};
constexpr Statement update_pending{
    "people.finish-pending",
    "UPDATE pending_acts SET done = TRUE, fields = '', email = '', name = '', location = $2 WHERE hash = $1"};
constexpr Statement delete_pending_of{"people.forget-pending", "DELETE FROM pending_acts WHERE email = $1"};
constexpr Statement delete_proofs_of{"people.forget-proofs", "DELETE FROM proofs WHERE email = $1"};

constexpr Statement upsert_address{"people.keep-address",
                                   "INSERT INTO other_addresses (person, email, ends) VALUES ($1, $2, $3) "
                                   "ON CONFLICT (person, email) DO UPDATE SET ends = "
                                   "CASE WHEN other_addresses.ends IS NULL THEN NULL ELSE excluded.ends END"};
constexpr Statement select_addresses{"people.other-addresses",
                                     "SELECT email, ends FROM other_addresses WHERE person = $1 ORDER BY email"};

constexpr std::array drop{Statement{"people.drop-sessions", "DELETE FROM sessions WHERE ends <= $1"},
                          Statement{"people.drop-old-proofs", "DELETE FROM proofs WHERE ends <= $1"},
                          Statement{"people.drop-tokens", "DELETE FROM api_tokens WHERE ends <= $1"},
                          Statement{"people.drop-pending", "DELETE FROM pending_acts WHERE ends <= $1"},
                          Statement{"people.drop-addresses", "DELETE FROM other_addresses WHERE ends <= $1"}};

i18n::Language language_at(const Row& row, std::size_t column) {
  return i18n::parse_language(row.text(column)).value_or(i18n::Language::en);
}

Person decode_person(const Row& row) {
  return {.id = row.get<Id>(0),
          .name = row.get<std::string>(1),
          .email = row.get<std::string>(2),
          .has_password = row.get<bool>(3),
          .language = language_at(row, 4),
          .made_at = row.get<Time>(5)};
}
constexpr std::size_t person_columns = 6;

store::Organisation decode_organisation(const Row& row) {
  return {.id = row.get<Id>(0),
          .name = row.get<std::string>(1),
          .kind = row.get<std::string>(2),
          .made_at = row.get<Time>(3),
          .country = row.get<std::string>(4),
          .part_of = row.get<std::optional<Id>>(5),
          .part_of_confirmed = row.get<bool>(6)};
}
constexpr std::size_t organisation_columns = 7;

store::Invitation decode_invitation(const Row& row) {
  constexpr auto first = organisation_columns;
  return {decode_organisation(row), row.get<std::string>(first), row.get<std::string>(first + 1),
          row.get<Time>(first + 2)};
}

/// A secret is 32 bytes of chance as text, so that its bare hash gives nothing away.
std::string new_secret(Random& random) { return base64url(random.bytes(32)); }
Blob digest(std::string_view secret) { return {crypto::bytes_of(crypto::sha256(secret))}; }
std::string session_id(std::string_view cookie) { return hex(crypto::view(crypto::sha256(cookie))); }

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(' ');
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return out;
}

std::string joined(const std::vector<std::string>& all) {
  std::string out;
  for (const auto& one : all) out += (out.empty() ? "" : " ") + one;
  return out;
}

}  // namespace

std::optional<Person> find_person(ReadTx& tx, Id id) { return tx.one<Person>(select_person, decode_person, id); }

std::optional<Person> find_person_by_email(ReadTx& tx, std::string_view email) {
  return tx.one<Person>(select_by_email, decode_person, email);
}

Id person_for_address(WriteTx& tx, IdSource& ids, Time now, std::string_view email, std::string_view name,
                      i18n::Language language) {
  if (const auto known = find_person_by_email(tx, email)) {
    if (known->name.empty() && !name.empty()) store::set_name(tx, known->id, name);
    store::seen(tx, known->id, now);
    return known->id;
  }
  const Id id = ids.next();
  tx.exec(insert_person, id, email, name, i18n::code(language), now);
  return id;
}

std::string begin_session(WriteTx& tx, Random& random, Id person, std::string_view agent, Time now) {
  std::string cookie = new_secret(random);
  tx.exec(insert_session, session_id(cookie), person, now, now + session_days * day_ms, agent);
  store::seen(tx, person, now);
  return cookie;
}

std::optional<std::pair<Person, Session>> find_session(ReadTx& tx, std::string_view cookie, Time now) {
  return tx.one<std::pair<Person, Session>>(
      select_session,
      [](const Row& row) {
        constexpr auto first = person_columns;
        Person person = decode_person(row);
        Session session{.id = row.get<std::string>(first),
                        .person = person.id,
                        .began = row.get<Time>(first + 1),
                        .last_seen = row.get<Time>(first + 2),
                        .ends = row.get<Time>(first + 3),
                        .agent = row.get<std::string>(first + 4)};
        return std::pair(std::move(person), std::move(session));
      },
      session_id(cookie), now);
}

std::optional<TokenHolder> find_token(ReadTx& tx, std::string_view token, Time now) {
  if (!token.starts_with(token_prefix)) return std::nullopt;
  return tx.one<TokenHolder>(
      select_token,
      [](const Row& row) {
        return TokenHolder{decode_person(row), words(row.text(person_columns)),
                           row.get<std::optional<Time>>(person_columns + 1)};
      },
      digest(token), now);
}

std::vector<Affiliation> affiliations(ReadTx& tx, std::span<const Id> people) {
  if (people.empty()) return {};
  std::string asked;
  for (const Id id : people) {
    const std::string digits = std::to_string(id.value);
    asked += std::string(19 - std::min<std::size_t>(19, digits.size()), '0') + digits;
  }
  std::vector<Affiliation> out;
  std::size_t this_person = 0;
  tx.each(
      select_affiliations,
      [&](const Row& row) {
        const Affiliation found{row.get<Id>(0), row.get<Id>(1), row.get<std::int64_t>(2), row.get<bool>(3)};
        if (out.empty() || out.back().person != found.person) this_person = out.size();
        const auto known = std::span(out).subspan(this_person);
        if (std::ranges::find(known, found.organisation, &Affiliation::organisation) == known.end())
          out.push_back(found);
      },
      asked);
  return out;
}

namespace store {

std::optional<std::string> password_of(ReadTx& tx, Id person) {
  const auto found = tx.value<std::optional<std::string>>(select_password, person);
  return found ? *found : std::nullopt;
}

void set_password(WriteTx& tx, Id person, std::string_view encoded) { tx.exec(update_password, person, encoded); }
void set_email(WriteTx& tx, Id person, std::string_view email) { tx.exec(update_email, person, email); }
void set_name(WriteTx& tx, Id person, std::string_view name) { tx.exec(update_name, person, name); }
void set_language(WriteTx& tx, Id person, i18n::Language language) {
  tx.exec(update_language, person, i18n::code(language));
}
void seen(WriteTx& tx, Id person, Time now) { tx.exec(update_seen, person, now); }

void delete_person(WriteTx& tx, Id person) {
  for (const auto& membership : memberships_of(tx, person)) remove_member(tx, membership.organisation.id, person);
  tx.exec(delete_row, person);
}

std::vector<Person> to_warn(ReadTx& tx, Time before, std::int64_t limit) {
  return tx.all<Person>(select_to_warn, decode_person, before, limit);
}
void warned(WriteTx& tx, Id person, Time now) { tx.exec(update_warned, person, now); }
std::vector<Id> to_retire(ReadTx& tx, Time warned_before, std::int64_t limit) {
  return tx.all<Id>(select_to_retire, [](const Row& row) { return row.get<Id>(0); }, warned_before, limit);
}
bool may_retire(ReadTx& tx, Id person, Time warned_before) {
  const auto found = tx.value<std::optional<bool>>(select_may_retire, person, warned_before);
  return found && found->value_or(false);
}

std::vector<Session> sessions_of(ReadTx& tx, Id person) {
  return tx.all<Session>(
      select_sessions,
      [](const Row& row) {
        return Session{row.get<std::string>(0), row.get<Id>(1),   row.get<Time>(2),
                       row.get<Time>(3),        row.get<Time>(4), row.get<std::string>(5)};
      },
      person);
}

void touch_session(WriteTx& tx, std::string_view id, Time now) {
  tx.exec(update_session, id, now);
  tx.exec(update_seen_by_session, id, now);
}

bool end_session(WriteTx& tx, Id person, std::string_view id) { return tx.exec(delete_session, person, id) > 0; }
void end_sessions(WriteTx& tx, Id person, std::string_view but) { tx.exec(delete_sessions, person, but); }

std::string add_proof(WriteTx& tx, Random& random, const Proof& proof) {
  std::string secret = new_secret(random);
  tx.exec(insert_proof, digest(secret), proof.purpose, proof.person, proof.email, proof.payload, proof.made_at,
          proof.ends);
  return secret;
}

std::optional<Proof> find_proof(ReadTx& tx, std::string_view purpose, std::string_view secret, Time now) {
  return tx.one<Proof>(
      select_proof,
      [](const Row& row) {
        return Proof{row.get<std::string>(0), row.get<std::optional<Id>>(1),
                     row.get<std::string>(2), row.get<std::string>(3),
                     row.get<Time>(4),        row.get<Time>(5)};
      },
      digest(secret), purpose, now);
}

void spend_proof(WriteTx& tx, std::string_view secret) { tx.exec(delete_proof, digest(secret)); }
void drop_proofs(WriteTx& tx, std::string_view purpose, std::string_view email) {
  tx.exec(delete_proofs, purpose, email);
}

void drop_proofs_of(WriteTx& tx, Id person) { tx.exec(delete_proofs_by_person, person); }

void insert_token(WriteTx& tx, Id person, const ApiToken& token, std::string_view secret) {
  tx.exec(people::insert_token, token.id, digest(secret), person, token.name, joined(token.scopes), token.made_at,
          token.ends);
}

std::vector<ApiToken> tokens_of(ReadTx& tx, Id person) {
  return tx.all<ApiToken>(
      select_tokens,
      [](const Row& row) {
        return ApiToken{row.get<Id>(0),   row.get<std::string>(1),         words(row.text(2)),
                        row.get<Time>(3), row.get<std::optional<Time>>(4), row.get<Time>(5)};
      },
      person);
}

bool delete_token(WriteTx& tx, Id person, Id token) { return tx.exec(delete_one_token, person, token) > 0; }

void touch_token(WriteTx& tx, std::string_view secret, Time now) {
  // A day is all that the owner is told, so a day is all that is kept.
  if (tx.exec(update_token, digest(secret), start_of(date_of(now))) > 0)
    tx.exec(update_seen_by_token, digest(secret), now);
}

std::vector<Applicant> applicants(ReadTx& tx, Id platform, Id after, std::int64_t limit) {
  return tx.all<Applicant>(
      select_applicants,
      [](const Row& row) {
        return Applicant{row.get<Id>(0), row.get<std::string>(1), row.get<std::string>(2),
                         row.get<std::optional<std::string>>(3).value_or("")};
      },
      platform, after, limit);
}

void insert_organisation(WriteTx& tx, const Organisation& o) {
  tx.exec(insert_organisation_row, o.id, o.name, o.kind, o.made_at, o.country);
}

std::optional<Organisation> organisation(ReadTx& tx, Id id) {
  return tx.one<Organisation>(select_organisation, decode_organisation, id);
}

void describe_organisation(WriteTx& tx, Id id, std::string_view kind, std::string_view country) {
  tx.exec(update_description, id, kind, country);
}

void set_owner(WriteTx& tx, Id id, const std::optional<Id>& owner, bool confirmed) {
  tx.exec(update_owner, id, owner, confirmed);
}

std::vector<Id> owners(ReadTx& tx, Id id) {
  return tx.all<Id>(select_owners, [](const Row& row) { return row.get<Id>(0); }, id);
}

std::vector<Organisation> parts(ReadTx& tx, Id id) {
  return tx.all<Organisation>(select_parts, decode_organisation, id);
}

std::int64_t parts_deep(ReadTx& tx, Id id) { return tx.value<std::int64_t>(select_depth, id).value_or(0); }

std::vector<Membership> memberships_of(ReadTx& tx, Id person) {
  return tx.all<Membership>(
      select_memberships,
      [](const Row& row) {
        return Membership{decode_organisation(row), row.get<std::string>(organisation_columns),
                          row.get<Time>(organisation_columns + 1)};
      },
      person);
}

std::vector<Member> members(ReadTx& tx, Id organisation) {
  return tx.all<Member>(
      select_members,
      [](const Row& row) {
        return Member{row.get<Id>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
                      row.get<Time>(4)};
      },
      organisation);
}

std::optional<std::string> role_in(ReadTx& tx, Id organisation, Id person) {
  return tx.value<std::string>(select_role, organisation, person);
}

void put_member(WriteTx& tx, Id organisation, Id person, std::string_view role, Time now) {
  tx.exec(upsert_member, organisation, person, role, now);
}

bool remove_member(WriteTx& tx, Id organisation, Id person) {
  if (tx.exec(delete_member, organisation, person) == 0) return false;
  if (!tx.value<Id>(select_administrator, organisation))
    if (const auto oldest = tx.value<Id>(select_oldest, organisation)) tx.exec(promote, organisation, *oldest);
  return true;
}

std::optional<std::string> invited_as(ReadTx& tx, Id organisation, std::string_view email) {
  return tx.value<std::string>(select_invited, organisation, email);
}
void put_invitation(WriteTx& tx, Id organisation, std::string_view email, std::string_view role, Time now) {
  tx.exec(upsert_invitation, organisation, email, role, now);
}
void delete_invitation(WriteTx& tx, Id organisation, std::string_view email) {
  tx.exec(delete_one_invitation, organisation, email);
}
std::vector<Invitation> invitations_to(ReadTx& tx, std::string_view email) {
  return tx.all<Invitation>(select_invitations_to, decode_invitation, email);
}
std::vector<Invitation> invitations_of(ReadTx& tx, Id organisation) {
  return tx.all<Invitation>(select_invitations_of, decode_invitation, organisation);
}

void move_invitations(WriteTx& tx, std::string_view from, std::string_view to) {
  tx.exec(copy_invitations, from, to);
  tx.exec(delete_invitations, from);
}

std::string add_pending(WriteTx& tx, Random& random, const Pending& p) {
  std::string secret = new_secret(random);
  tx.exec(insert_pending, digest(secret), p.platform, p.act, p.fields, p.email, p.name, i18n::code(p.language), p.title,
          p.location, p.ends);
  return secret;
}

std::optional<Pending> find_pending(ReadTx& tx, std::string_view secret, Time now) {
  return tx.one<Pending>(
      select_pending,
      [](const Row& row) {
        return Pending{.platform = row.get<Id>(0),
                       .act = row.get<std::string>(1),
                       .fields = row.get<std::string>(2),
                       .email = row.get<std::string>(3),
                       .name = row.get<std::string>(4),
                       .language = language_at(row, 5),
                       .title = row.get<std::string>(6),
                       .location = row.get<std::string>(7),
                       .done = row.get<bool>(8),
                       .ends = row.get<Time>(9)};
      },
      digest(secret), now);
}

void finish_pending(WriteTx& tx, std::string_view secret, std::string_view location) {
  tx.exec(update_pending, digest(secret), location);
}

void keep_other_address(WriteTx& tx, Id person, const OtherAddress& address) {
  tx.exec(upsert_address, person, address.email, address.ends);
}

std::vector<OtherAddress> other_addresses(ReadTx& tx, Id person) {
  return tx.all<OtherAddress>(
      select_addresses,
      [](const Row& row) { return OtherAddress{row.get<std::string>(0), row.get<std::optional<Time>>(1)}; }, person);
}

void forget_address(WriteTx& tx, std::string_view email) {
  tx.exec(delete_invitations, email);
  tx.exec(delete_pending_of, email);
  tx.exec(delete_proofs_of, email);
}

void drop_ended(WriteTx& tx, Time now) {
  for (const auto& statement : drop) tx.exec(statement, now);
}

}  // namespace store
}  // namespace polder::people
