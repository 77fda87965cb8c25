// people.erase: a person goes, and everything that is kept of them with them (erasure.h).
#include "people/acts/acts.h"
#include "people/erasure.h"

namespace polder::people {

struct Erase {
  static constexpr std::string_view name = "people.erase";
  fields::Password proof;
};
BOOST_DESCRIBE_STRUCT(Erase, (), (proof))

namespace {

Result<Effect> apply(House& house, Doing& doing, const Erase& act) {
  TRY(const Person person, person_of(doing));
  CHECK_DONE(spend_owner_proof(doing, act.proof.value));
  erase_person(house, doing, person);
  return Effect{.visibility = Visibility::hidden, .location = "", .forgets = true};
}

}  // namespace

void add_erase(House& house) { house.acts.add(record::declare<Erase>(house, {}, account<Erase>, apply)); }

}  // namespace polder::people
