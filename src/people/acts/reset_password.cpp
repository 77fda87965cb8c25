// people.reset-password: by whoever reads the mail of the address, for those who cannot sign in. So does a person who
// only ever confirmed an address take up the account that came of it.
#include "people/acts/acts.h"

namespace polder::people {

struct ResetPassword {
  static constexpr std::string_view name = "people.reset-password";
  fields::Password proof;
  fields::Password password;
};
BOOST_DESCRIBE_STRUCT(ResetPassword, (), (proof, password))

namespace {

Result<Effect> apply(House& house, Doing& doing, const ResetPassword& act, const std::string& encoded) {
  const auto found = store::find_proof(doing.tx, proof::reset, act.proof.value, doing.now);
  const auto person = found && found->person ? find_person(doing.tx, *found->person) : std::nullopt;
  if (!person) return refuse(Why::not_found, {"people.link-over"});
  CHECK_DONE(check_password("password", act.password.value, person->email));
  store::drop_proofs(doing.tx, proof::reset, person->email);
  CHECK_DONE(take_password(house, doing, *person, encoded));
  return Effect{.visibility = Visibility::hidden, .location = "account"};
}

}  // namespace

void add_reset_password(House& house) { house.acts.add(declare_with_password<ResetPassword>(house, apply)); }

}  // namespace polder::people
