// people.change-password: by who is signed in and has shown once more that it is them.
#include "people/acts/acts.h"
#include "people/letters.h"

namespace polder::people {

struct ChangePassword {
  static constexpr std::string_view name = "people.change-password";
  fields::Password proof;
  fields::Password password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (proof, password))

namespace {

Result<Effect> apply(House& house, Doing& doing, const ChangePassword& act, const std::string& encoded) {
  TRY(const Person person, person_of(doing));
  CHECK_DONE(check_password("password", act.password.value, person.email));
  CHECK_DONE(spend_owner_proof(doing, act.proof.value));
  CHECK_DONE(take_password(house, doing, person, encoded));
  return Effect{.visibility = Visibility::hidden, .location = "account"};
}

}  // namespace

void add_change_password(House& house) { house.acts.add(declare_with_password<ChangePassword>(house, apply)); }

}  // namespace polder::people
