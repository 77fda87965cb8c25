#include "people/readers.h"

#include <algorithm>

#include "kernel/metrics/log.h"

namespace polder::people {

std::optional<Reader> reader(const House& house, storage::ReadTx& tx, Id person, const governance::Platform& platform) {
  auto found = find_person(tx, person);
  if (!found) return std::nullopt;
  const bool spoken = std::ranges::find(platform.languages, found->language) != platform.languages.end();
  const auto language = spoken || platform.languages.empty() ? found->language : platform.languages.front();
  return Reader{*std::move(found), house.voice(language, platform.zone)};
}

Message hello(const Person& person) {
  if (person.name.empty()) return {"people.mail-hello-you"};
  return {"people.mail-hello", {{"name", person.name}}};
}

void post(const House& house, storage::WriteTx& tx, const Reader& to, const governance::Platform& platform,
          Letter letter) {
  letter.to = to.person.email;
  letter.from = platform.name(to.t.language());
  if (!send(house, tx, to.t, letter)) log::warn("people.mail-refused", {{"person", to.person.id}});
}

Id id_in(const jobs::Job& job, std::string_view name) {
  const auto payload = boost::json::parse(job.payload);
  const auto* value = payload.as_object().if_contains(name);
  return value == nullptr ? Id{} : parse_id(std::string_view(value->as_string())).value_or(Id{});
}

jobs::Outcome finished(const Done& done) {
  return done ? jobs::Outcome{} : jobs::Outcome::retry("another runner has the job");
}

}  // namespace polder::people
