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
constexpr Statement delete_address{"governance.forget-address", "DELETE FROM appointments WHERE email = $1"};

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

void give_role(WriteTx& tx, Id platform, std::string_view email, std::string_view role, Time now) {
  tx.exec(insert_appointment, platform, email, role, now);
}

bool take_role(WriteTx& tx, Id platform, std::string_view email, std::string_view role) {
  return tx.exec(delete_appointment, platform, email, role) > 0;
}

void forget_address(WriteTx& tx, std::string_view email) { tx.exec(delete_address, email); }

}  // namespace polder::governance
