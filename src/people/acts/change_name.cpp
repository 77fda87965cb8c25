// people.change-name: how a person is called where they act under their name from now on.
#include "people/acts/acts.h"

namespace polder::people {

struct ChangeName {
  static constexpr std::string_view name = "people.change-name";
  fields::Line<80> new_name;
};
BOOST_DESCRIBE_STRUCT(ChangeName, (), (new_name))

namespace {

Result<Effect> apply(House&, Doing& doing, const ChangeName& act) {
  TRY(const Person person, person_of(doing));
  store::set_name(doing.tx, person.id, act.new_name.value);
  return Effect{.visibility = Visibility::hidden, .location = "account"};
}

}  // namespace

void add_change_name(House& house) {
  house.acts.add(record::declare<ChangeName>(house, {}, account<ChangeName>, apply));
}

}  // namespace polder::people
