// people.sign-up: somebody who has shown that an address is theirs makes an account of it. What they filled in waits
// under the proof that was mailed to them (pages_sign_up.cpp), so nothing of it stands in the record.
#include "people/acts/acts.h"

namespace polder::people {

struct SignUp {
  static constexpr std::string_view name = "people.sign-up";
  fields::Password proof;
};
BOOST_DESCRIBE_STRUCT(SignUp, (), (proof))

namespace {

Result<Effect> apply(House&, Doing& doing, const SignUp& act) {
  const auto found = store::find_proof(doing.tx, proof::sign_up, act.proof.value, doing.now);
  if (!found) return refuse(Why::not_found, {"people.link-over"});
  const auto filled_in = boost::json::parse(found->payload).as_object();
  const auto said = [&](std::string_view field) { return fields::text_of(filled_in.if_contains(field)).value_or(""); };
  const auto language = i18n::parse_language(said("language")).value_or(i18n::Language::en);
  const Id person = person_for_address(doing.tx, doing.ids, doing.now, found->email, said("name"), language);
  if (store::password_of(doing.tx, person)) return refuse(Why::conflict, {"people.has-account"});
  store::set_name(doing.tx, person, said("name"));
  store::set_language(doing.tx, person, language);
  store::set_password(doing.tx, person, said("password"));
  store::drop_proofs(doing.tx, proof::sign_up, found->email);
  return Effect{.visibility = Visibility::hidden, .location = "account"};
}

}  // namespace

void add_sign_up(House& house) { house.acts.add(record::declare<SignUp>(house, {}, account<SignUp>, apply)); }

}  // namespace polder::people
