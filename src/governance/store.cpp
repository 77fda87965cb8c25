#include "governance/store.h"

namespace polder::governance {
namespace {

using storage::ReadTx;
using storage::Row;
using storage::Statement;
using storage::WriteTx;

constexpr Statement select_platforms{"governance.platforms",
                                     "SELECT id, slug, charter, made_at FROM platforms ORDER BY id"};
constexpr Statement select_slug{"governance.slug", "SELECT id FROM platforms WHERE slug = $1"};
constexpr Statement insert_row{"governance.insert-platform",
                               "INSERT INTO platforms (id, slug, charter, made_at) VALUES ($1, $2, $3, $4)"};
constexpr Statement update_charter{"governance.change-charter", "UPDATE platforms SET charter = $2 WHERE id = $1"};
constexpr Statement select_roles{"governance.roles",
                                 "SELECT role FROM appointments WHERE platform = $1 AND email = $2 ORDER BY role"};
constexpr Statement select_appointments{
    "governance.appointments",
    "SELECT email, role, given_at FROM appointments WHERE platform = $1 ORDER BY role, email LIMIT 5000"};
constexpr Statement select_holders{
    "governance.holders", "SELECT email FROM appointments WHERE platform = $1 AND role = $2 ORDER BY email LIMIT 5000"};
constexpr Statement insert_appointment{
    "governance.appoint",
    "INSERT INTO appointments (platform, email, role, given_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (platform, email, role) DO NOTHING"};
constexpr Statement delete_appointment{"governance.dismiss",
                                       "DELETE FROM appointments WHERE platform = $1 AND email = $2 AND role = $3"};
constexpr Statement select_everywhere{
    "governance.roles-everywhere", "SELECT platform, role FROM appointments WHERE email = $1 ORDER BY platform, role"};
constexpr Statement copy_address{"governance.move-address",
                                 "INSERT INTO appointments (platform, email, role, given_at) "
                                 "SELECT platform, CAST($2 AS TEXT), role, given_at FROM appointments WHERE email = $1 "
                                 "ON CONFLICT (platform, email, role) DO NOTHING"};
constexpr Statement delete_address{"governance.forget-address", "DELETE FROM appointments WHERE email = $1"};

#define POLDER_APPLICATION \
  "SELECT id, platform, person, role, organisation, why, state, reason, made_at, settled_at, act FROM applications "
constexpr Statement select_application{"governance.application", POLDER_APPLICATION "WHERE id = $1"};
constexpr Statement select_own{"governance.own-applications",
                               POLDER_APPLICATION "WHERE platform = $1 AND person = $2 ORDER BY id DESC LIMIT 50"};
constexpr Statement select_anywhere{"governance.applications-of-person",
                                    POLDER_APPLICATION "WHERE person = $1 ORDER BY id LIMIT 5000"};
constexpr Statement select_open{"governance.open-applications", POLDER_APPLICATION
                                "WHERE platform = $1 AND state = 'open' AND id > $2 ORDER BY id LIMIT $3"};
constexpr Statement select_unannounced{"governance.unannounced-applications", POLDER_APPLICATION
                                       "WHERE NOT announced AND state = 'open' ORDER BY id LIMIT $1"};
constexpr Statement update_announced{"governance.announced", "UPDATE applications SET announced = TRUE WHERE id = $1"};
constexpr Statement insert_application_row{
    "governance.apply",
    "INSERT INTO applications (id, platform, person, role, organisation, why, state, reason, made_at, settled_at, "
    "announced, act) VALUES ($1, $2, $3, $4, $5, $6, 'open', '', $7, NULL, FALSE, $8) ON CONFLICT DO NOTHING"};
constexpr Statement update_settled{"governance.settle-application",
                                   "UPDATE applications SET state = $2, reason = $3, settled_at = $4, announced = TRUE "
                                   "WHERE id = $1 AND state = 'open'"};
constexpr Statement delete_applications{"governance.forget-applications", "DELETE FROM applications WHERE person = $1"};
constexpr Statement select_settled{"governance.settled-applications", POLDER_APPLICATION
                                   "WHERE platform = $1 AND settled_at < $2 ORDER BY settled_at, id LIMIT $3"};
constexpr Statement delete_one_application{"governance.delete-application", "DELETE FROM applications WHERE id = $1"};

Application decode_application(const Row& row) {
  return {.id = row.get<Id>(0),
          .platform = row.get<Id>(1),
          .person = row.get<Id>(2),
          .role = row.get<std::string>(3),
          .organisation = row.get<std::optional<Id>>(4),
          .why = row.get<std::string>(5),
          .state = fields::parse_word<ApplicationState>(row.text(6)).value_or(ApplicationState::withdrawn),
          .reason = row.get<std::string>(7),
          .made_at = row.get<Time>(8),
          .settled_at = row.get<std::optional<Time>>(9),
          .act = row.get<Id>(10)};
}

const auto first_text = [](const Row& row) { return row.get<std::string>(0); };

}  // namespace

namespace store {

std::vector<PlatformRow> platforms(ReadTx& tx) {
  return tx.all<PlatformRow>(select_platforms, [](const Row& row) {
    return PlatformRow{row.get<Id>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<Time>(3)};
  });
}

bool slug_taken(ReadTx& tx, std::string_view slug) { return tx.value<Id>(select_slug, slug).has_value(); }

void insert_platform(WriteTx& tx, const PlatformRow& row) {
  tx.exec(insert_row, row.id, row.slug, row.charter, row.made_at);
}

void change_charter(WriteTx& tx, Id platform, std::string_view charter) { tx.exec(update_charter, platform, charter); }

}  // namespace store

std::vector<std::string> roles_of_address(ReadTx& tx, Id platform, std::string_view email) {
  return tx.all<std::string>(select_roles, first_text, platform, email);
}

std::vector<Appointment> appointments(ReadTx& tx, Id platform) {
  return tx.all<Appointment>(
      select_appointments,
      [](const Row& row) { return Appointment{row.get<std::string>(0), row.get<std::string>(1), row.get<Time>(2)}; },
      platform);
}

std::vector<std::string> addresses_with_role(ReadTx& tx, Id platform, std::string_view role) {
  return tx.all<std::string>(select_holders, first_text, platform, role);
}

std::vector<std::pair<Id, std::string>> roles_everywhere(ReadTx& tx, std::string_view email) {
  return tx.all<std::pair<Id, std::string>>(
      select_everywhere, [](const Row& row) { return std::pair(row.get<Id>(0), row.get<std::string>(1)); }, email);
}

bool give_role(WriteTx& tx, Id platform, std::string_view email, std::string_view role, Time now) {
  return tx.exec(insert_appointment, platform, email, role, now) > 0;
}

bool take_role(WriteTx& tx, Id platform, std::string_view email, std::string_view role) {
  return tx.exec(delete_appointment, platform, email, role) > 0;
}

void move_address(WriteTx& tx, std::string_view from, std::string_view to) {
  tx.exec(copy_address, from, to);
  tx.exec(delete_address, from);
}

void forget_address(WriteTx& tx, std::string_view email) { tx.exec(delete_address, email); }

std::optional<Application> application(ReadTx& tx, Id id) {
  return tx.one<Application>(select_application, decode_application, id);
}

std::vector<Application> applications_of(ReadTx& tx, Id platform, Id person) {
  return tx.all<Application>(select_own, decode_application, platform, person);
}

std::vector<Application> applications_of_person(ReadTx& tx, Id person) {
  return tx.all<Application>(select_anywhere, decode_application, person);
}

std::vector<Application> open_applications(ReadTx& tx, Id platform, Id after, std::int64_t limit) {
  return tx.all<Application>(select_open, decode_application, platform, after, limit);
}

std::vector<Application> unannounced_applications(ReadTx& tx, std::int64_t limit) {
  return tx.all<Application>(select_unannounced, decode_application, limit);
}

void announced(WriteTx& tx, Id id) { tx.exec(update_announced, id); }

bool insert_application(WriteTx& tx, const Application& a) {
  return tx.exec(insert_application_row, a.id, a.platform, a.person, a.role, a.organisation, a.why, a.made_at, a.act) >
         0;
}

bool settle_application(WriteTx& tx, Id id, ApplicationState state, std::string_view reason, Time now) {
  return tx.exec(update_settled, id, fields::word_of(state), reason, now) > 0;
}

void forget_applications(WriteTx& tx, Id person) { tx.exec(delete_applications, person); }

std::vector<Application> settled_applications(ReadTx& tx, Id platform, Time before, std::int64_t limit) {
  return tx.all<Application>(select_settled, decode_application, platform, before, limit);
}

void delete_application(WriteTx& tx, Id id) { tx.exec(delete_one_application, id); }

}  // namespace polder::governance
