#include "governance/charter.h"

#include <algorithm>
#include <stdexcept>

#include "governance/permission.h"

namespace polder::governance {
namespace {

const Value& value(const Charter& charter, std::string_view process, std::string_view name) {
  for (const auto& s : charter.settings)
    if (s.process == process && s.name == name) return s.value;
  throw std::logic_error("no setting " + std::string(process) + "." + std::string(name));
}

}  // namespace

LocalText::Spoken LocalText::in(std::string_view language) const {
  if (texts.empty()) return {};
  const auto it = std::ranges::find(texts, language, &std::pair<std::string, std::string>::first);
  const auto& [spoken, text] = it == texts.end() ? texts.front() : *it;
  return {spoken, text};
}

const Role* Charter::role(std::string_view id) const {
  const auto it = std::ranges::find(roles, id, &Role::id);
  return it == roles.end() ? nullptr : &*it;
}

const Role& Charter::everybody() const {
  const auto it = std::ranges::find(roles, How::everybody, &Role::how);
  if (it == roles.end()) throw std::logic_error("a charter without a role for everybody");
  return *it;
}

bool Charter::runs(std::string_view process) const { return std::ranges::find(processes, process) != processes.end(); }

bool Charter::allows(std::string_view act, std::string_view role, std::string_view phase) const {
  const std::string held(role);
  return may(*this, {&held, 1}, act, phase).allowed;
}

std::int64_t Charter::number(std::string_view process, std::string_view setting) const {
  return std::get<std::int64_t>(value(*this, process, setting));
}
bool Charter::yes(std::string_view process, std::string_view setting) const {
  return std::get<bool>(value(*this, process, setting));
}
const std::string& Charter::word(std::string_view process, std::string_view setting) const {
  return std::get<std::string>(value(*this, process, setting));
}
const std::vector<std::string>& Charter::list(std::string_view process, std::string_view setting) const {
  return std::get<std::vector<std::string>>(value(*this, process, setting));
}

std::string_view name(OperatorKind kind) {
  switch (kind) {
    case OperatorKind::government:
      return "government";
    case OperatorKind::company:
      return "company";
    case OperatorKind::civil_society:
      return "civil-society";
  }
  return {};
}

std::string_view name(Openness openness) { return openness == Openness::open ? "open" : "closed"; }

std::string_view name(How how) {
  switch (how) {
    case How::everybody:
      return "everybody";
    case How::signed_in:
      return "signed-in";
    case How::appointed:
      return "appointed";
    case How::application:
      return "application";
  }
  return {};
}

}  // namespace polder::governance
