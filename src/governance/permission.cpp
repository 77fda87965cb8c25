#include "governance/permission.h"

#include <algorithm>

namespace polder::governance {
namespace {

bool meets(std::span<const std::string> a, std::span<const std::string> b) {
  return std::ranges::any_of(a, [&](const auto& x) { return std::ranges::find(b, x) != b.end(); });
}

bool covers(const Rule& rule, std::string_view phase) {
  return rule.phases.empty() || std::ranges::find(rule.phases, phase) != rule.phases.end();
}

void add_new(std::vector<std::string>& to, std::span<const std::string> from) {
  for (const auto& word : from)
    if (std::ranges::find(to, word) == to.end()) to.push_back(word);
}

/// How much a role says of who holds it.
int telling(const Role& role) {
  if (role.how == How::everybody) return 0;
  return role.how == How::signed_in ? 1 : 2;
}

Decision refused(const Charter& charter, std::span<const std::string> roles, std::string_view act,
                 std::string_view phase) {
  Decision d;
  for (const auto& rule : charter.rules) {
    if (rule.act != act) continue;
    if (meets(rule.who, roles)) add_new(d.phases, rule.phases);
    if (covers(rule, phase)) add_new(d.needs, rule.who);
  }
  d.reason = Message{!d.phases.empty()  ? "governance.refused.phase"
                     : !d.needs.empty() ? "governance.refused.role"
                                        : "governance.refused.nobody"};
  return d;
}

}  // namespace

std::vector<std::string> roles_of(const Charter& charter, bool signed_in, std::span<const std::string> given) {
  std::vector<std::string> held;
  for (const auto& role : charter.roles) {
    const bool granted = (role.how == How::appointed || role.how == How::application) &&
                         std::ranges::find(given, role.id) != given.end();
    if (role.how == How::everybody || (signed_in && (role.how == How::signed_in || granted))) held.push_back(role.id);
  }
  return held;
}

Decision may(const Charter& charter, std::span<const std::string> roles, std::string_view act, std::string_view phase) {
  Decision d;
  for (std::size_t i = 0; i < charter.rules.size(); ++i) {
    const Rule& rule = charter.rules[i];
    if (rule.act != act || !meets(rule.who, roles) || !covers(rule, phase)) continue;
    if (d.allowed && (rule.confirm_email || !d.confirm_email)) continue;  // what is found asks no more than this one
    d = {.allowed = true, .rule = i, .confirm_email = rule.confirm_email};
  }
  return d.allowed ? d : refused(charter, roles, act, phase);
}

std::string role_in_record(const Charter& charter, std::span<const std::string> roles, std::string_view act,
                           std::string_view phase) {
  const Role* best = nullptr;
  const auto consider = [&](const std::string& id) {
    const Role* role = charter.role(id);
    if (role != nullptr && (best == nullptr || telling(*role) > telling(*best))) best = role;
  };
  for (const Rule& rule : charter.rules) {
    if (rule.act != act || !covers(rule, phase)) continue;
    for (const auto& role : rule.who)
      if (std::ranges::find(roles, role) != roles.end()) consider(role);
  }
  if (best != nullptr && best->how != How::everybody) return best->id;
  for (const auto& id : roles)
    if (const Role* role = charter.role(id); role != nullptr && role->how == How::signed_in) consider(id);
  return best != nullptr ? best->id : roles.front();
}

bool may_enter(const Charter& charter, std::span<const std::string> given) {
  return charter.openness == Openness::open || std::ranges::any_of(charter.roles, [&](const Role& role) {
           return (role.how == How::appointed || role.how == How::application) &&
                  std::ranges::find(given, role.id) != given.end();
         });
}

bool at_the_door(const Charter& charter, std::string_view act) {
  return charter.door && (act == "platforms.apply" || act == "platforms.withdraw-application");
}

bool server_appoints(const Role& role) {
  return std::ranges::find(role.appointed_by, "server") != role.appointed_by.end();
}

bool may_appoint(const Charter& charter, std::span<const std::string> roles, std::string_view role,
                 std::string_view act) {
  const Role* wanted = charter.role(role);
  return wanted && meets(wanted->appointed_by, roles) && may(charter, roles, act).allowed;
}

}  // namespace polder::governance
